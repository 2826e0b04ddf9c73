using System.Numerics;
using Spotter.Skeletons;

namespace Spotter.Poses;

/// <summary>Which of BlazePose's 33 landmarks are which of the 18 joints.</summary>
public static class BlazePoseJoints
{
    private const int LeftShoulder = 11;
    private const int RightShoulder = 12;

    // By joint; the neck is between the shoulders.
    private static readonly int[] Landmarks = [0, -1, RightShoulder, 14, 16, LeftShoulder, 13, 15, 24, 26, 28, 23, 25, 27, 5, 2, 8, 7];

    /// <summary>One joint: pixels in the picture, confidence 0 to 1, and metres from the middle of the hips.</summary>
    /// <param name="landmarks">The 33 landmarks.</param>
    /// <param name="joint">The joint wanted.</param>
    public static (Vector2 Position, float Confidence, Vector3 World) Joint(ReadOnlySpan<BodyLandmark> landmarks, Joint joint)
    {
        if (Landmarks[(int)joint] is >= 0 and var index)
        {
            ref readonly var landmark = ref landmarks[index];
            return (landmark.Position, landmark.Confidence, landmark.World);
        }

        ref readonly var left = ref landmarks[LeftShoulder];
        ref readonly var right = ref landmarks[RightShoulder];
        return ((left.Position + right.Position) / 2, (left.Confidence + right.Confidence) / 2, (left.World + right.World) / 2);
    }
}
