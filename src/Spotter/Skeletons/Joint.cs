namespace Spotter.Skeletons;

/// <summary>The 18 body joints in OpenPose COCO order; right and left are the person's own.</summary>
public enum Joint
{
    /// <summary>Tip of the nose.</summary>
    Nose,

    /// <summary>Middle between the shoulders.</summary>
    Neck,

    /// <summary>Right shoulder.</summary>
    RightShoulder,

    /// <summary>Right elbow.</summary>
    RightElbow,

    /// <summary>Right wrist.</summary>
    RightWrist,

    /// <summary>Left shoulder.</summary>
    LeftShoulder,

    /// <summary>Left elbow.</summary>
    LeftElbow,

    /// <summary>Left wrist.</summary>
    LeftWrist,

    /// <summary>Right hip.</summary>
    RightHip,

    /// <summary>Right knee.</summary>
    RightKnee,

    /// <summary>Right ankle.</summary>
    RightAnkle,

    /// <summary>Left hip.</summary>
    LeftHip,

    /// <summary>Left knee.</summary>
    LeftKnee,

    /// <summary>Left ankle.</summary>
    LeftAnkle,

    /// <summary>Right eye.</summary>
    RightEye,

    /// <summary>Left eye.</summary>
    LeftEye,

    /// <summary>Right ear.</summary>
    RightEar,

    /// <summary>Left ear.</summary>
    LeftEar,
}
