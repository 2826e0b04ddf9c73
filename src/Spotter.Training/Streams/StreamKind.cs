namespace Spotter.Training.Streams;

/// <summary>
/// What a network is shown of a repetition: L. Shi, Y. Zhang, J. Cheng, H. Lu, "Two-Stream Adaptive Graph Convolutional Networks for Skeleton-Based Action
/// Recognition", CVPR 2019, and the motion of "Skeleton-Based Action Recognition with Multi-Stream Adaptive Graph Convolutional Networks", TIP 2020.
/// </summary>
public enum StreamKind
{
    /// <summary>Places of the joints, as <see cref="Skeletons.SkeletonNormalization"/> makes them.</summary>
    Joints,

    /// <summary>From the joint before it, along the skeleton's tree, to each joint.</summary>
    Bones,

    /// <summary>From each joint to its place in the next frame.</summary>
    Motion,
}
