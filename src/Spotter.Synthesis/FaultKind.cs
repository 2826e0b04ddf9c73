namespace Spotter.Synthesis;

/// <summary>What can be wrong with the mannequin's movement. Each exercise has its own selection, see <see cref="MannequinExercise.Faults"/>.</summary>
public enum FaultKind
{
    /// <summary>The elbows stop short of full extension where they should be straightest, or stay bent throughout a raise or shrug; size in degrees.</summary>
    NoLockout,

    /// <summary>The elbows stay too open at the bottom of a press; size in degrees of flexion missing.</summary>
    ShortBottom,

    /// <summary>The upper arms sink below the correct bottom; size in degrees.</summary>
    ElbowsLow,

    /// <summary>The elbows drift forward: of the correct plane at the bottom of a press, in degrees about the vertical; with the upper arms of a curl or pushdown, in degrees of swing.</summary>
    ElbowsForward,

    /// <summary>The elbows are pulled outwards: behind the correct plane at the bottom of a press, in degrees about the vertical; away from the body in a curl or pushdown, in degrees.</summary>
    ElbowFlare,

    /// <summary>The trunk leans back as the weight goes up; size in degrees at the top.</summary>
    LeanBack,

    /// <summary>The trunk swings to and fro; size in degrees from one extreme to the other, forwards and sideways.</summary>
    Sway,

    /// <summary>One arm goes less far than the other; size in degrees between the arms at the turning point: of the elbows, in a raise of the upper arms.</summary>
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

    /// <summary>
    /// The weight does not come up far enough: the elbows stay too open at the top of a curl or pushdown, the arms too low at the top of a raise; size in
    /// degrees missing.
    /// </summary>
    ShortTop,

    /// <summary>The shoulders do not rise far enough in a shrug; size as the fraction of the rise that is missing.</summary>
    ShortRise,

    /// <summary>The trunk leans over the weight as it is pushed down; size in degrees at the bottom.</summary>
    LeanForward,
}
