using Spotter.Skeletons;
using Spotter.StGcn;

namespace Spotter.Evaluation;

/// <summary>The feature vectors of a backbone.</summary>
public static class NetworkFeatures
{
    /// <summary>Encodes repetitions; all features are NaN where neck and hips were not seen.</summary>
    /// <param name="encoder">The backbone; must live as long as the result is used.</param>
    /// <param name="frames">Frames to which a repetition is resampled.</param>
    public static FeatureExtractor Of(StGcnEncoder encoder, int frames = SkeletonNormalization.DefaultFrames) => repetition =>
    {
        var (start, end) = (repetition.Repetition.StartFrame, repetition.Repetition.EndFrame);
        if (!BodyFrame.TryMeasure(repetition.Cleaned, start, end, out _))
        {
            var missing = new double[StGcnEncoder.FeatureCount];
            Array.Fill(missing, double.NaN);
            return missing;
        }

        var input = SkeletonNormalization.ToNetworkInput(repetition.Cleaned, repetition.Repetition, frames);
        return encoder.Features(input);
    };
}
