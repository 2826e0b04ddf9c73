namespace Spotter.Synthesis;

/// <summary>What can be wrong with the mannequin's press.</summary>
public enum FaultKind
{
    /// <summary>The elbows stop short of full extension at the top; size in degrees.</summary>
    NoLockout,

    /// <summary>The elbows stay too open at the bottom; size in degrees of flexion missing.</summary>
    ShortBottom,

    /// <summary>The upper arms sink below the correct bottom; size in degrees.</summary>
    ElbowsLow,

    /// <summary>The elbows drift forward of the correct plane at the bottom; size in degrees about the vertical.</summary>
    ElbowsForward,

    /// <summary>The elbows are pulled outwards and behind the correct plane at the bottom; size in degrees about the vertical.</summary>
    ElbowFlare,

    /// <summary>The trunk leans back as the weight goes up; size in degrees at the top.</summary>
    LeanBack,

    /// <summary>The trunk swings to and fro; size in degrees from one extreme to the other, forwards and sideways.</summary>
    Sway,

    /// <summary>One arm extends less than the other; size in degrees between the elbows at the top.</summary>
    Asymmetry,

    /// <summary>One arm moves later than the other; size as a fraction of the repetition.</summary>
    LateSide,

    /// <summary>The knees bend and push at the start of the way up; size in degrees of knee flexion.</summary>
    KneeDrive,

    /// <summary>The forearms are tilted, the hands not over the elbows, from the bottom up; size in degrees beyond the correct tilt.</summary>
    WristOff,

    /// <summary>The weight bounces at the bottom before the way up; size as a fraction of the range.</summary>
    Bounce,

    /// <summary>The repetition is rushed, without pauses; size as how many times too fast.</summary>
    Rush,
}
