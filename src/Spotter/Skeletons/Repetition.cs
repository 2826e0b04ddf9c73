namespace Spotter.Skeletons;

/// <summary>One repetition as frames of a skeleton sequence: from the start position over the turning point back to the start position.</summary>
/// <param name="StartFrame">First frame.</param>
/// <param name="TurningFrame">Frame of the far end of the movement (the top of a press).</param>
/// <param name="EndFrame">One past the last frame.</param>
public readonly record struct Repetition(int StartFrame, int TurningFrame, int EndFrame)
{
    /// <summary>Number of frames.</summary>
    public int FrameCount => EndFrame - StartFrame;
}
