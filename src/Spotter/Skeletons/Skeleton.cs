namespace Spotter.Skeletons;

/// <summary>Names, mirror pairs and bones of the 18-joint skeleton.</summary>
public static class Skeleton
{
    /// <summary>Number of joints, V in tensor shapes.</summary>
    public const int JointCount = 18;

    private static readonly string[] Names =
    [
        "nose", "neck", "right-shoulder", "right-elbow", "right-wrist", "left-shoulder", "left-elbow", "left-wrist",
        "right-hip", "right-knee", "right-ankle", "left-hip", "left-knee", "left-ankle",
        "right-eye", "left-eye", "right-ear", "left-ear",
    ];

    private static readonly Joint[] Mirrored =
    [
        Joint.Nose, Joint.Neck, Joint.LeftShoulder, Joint.LeftElbow, Joint.LeftWrist,
        Joint.RightShoulder, Joint.RightElbow, Joint.RightWrist,
        Joint.LeftHip, Joint.LeftKnee, Joint.LeftAnkle, Joint.RightHip, Joint.RightKnee, Joint.RightAnkle,
        Joint.LeftEye, Joint.RightEye, Joint.LeftEar, Joint.RightEar,
    ];

    /// <summary>The bones as pairs of joints, from the neck outwards.</summary>
    public static IReadOnlyList<(Joint From, Joint To)> Bones { get; } =
    [
        (Joint.Neck, Joint.Nose), (Joint.Nose, Joint.RightEye), (Joint.RightEye, Joint.RightEar),
        (Joint.Nose, Joint.LeftEye), (Joint.LeftEye, Joint.LeftEar),
        (Joint.Neck, Joint.RightShoulder), (Joint.RightShoulder, Joint.RightElbow), (Joint.RightElbow, Joint.RightWrist),
        (Joint.Neck, Joint.LeftShoulder), (Joint.LeftShoulder, Joint.LeftElbow), (Joint.LeftElbow, Joint.LeftWrist),
        (Joint.Neck, Joint.RightHip), (Joint.RightHip, Joint.RightKnee), (Joint.RightKnee, Joint.RightAnkle),
        (Joint.Neck, Joint.LeftHip), (Joint.LeftHip, Joint.LeftKnee), (Joint.LeftKnee, Joint.LeftAnkle),
    ];

    /// <summary>The name used in reports and packs, such as <c>right-elbow</c>.</summary>
    public static string Name(this Joint joint) => Names[(int)joint];

    /// <summary>The joint on the other side of the body; the joint itself where there is none.</summary>
    public static Joint Mirror(this Joint joint) => Mirrored[(int)joint];

    /// <summary>Finds a joint by the name <see cref="Name"/> gives it.</summary>
    public static bool TryParse(string name, out Joint joint)
    {
        var index = Array.IndexOf(Names, name);
        joint = (Joint)Math.Max(index, 0);
        return index >= 0;
    }
}
