using System.Runtime.ExceptionServices;

namespace Spotter.Poses;

/// <summary>The two loaded networks of BlazePose. Safe for several threads: one instance serves any number of <see cref="BlazePose"/>, each with one clip.</summary>
public sealed class BlazePoseNetworks : IDisposable
{
    private BlazePoseNetworks(NetworkSession detector, NetworkSession landmarks) => (Detector, Landmarks) = (detector, landmarks);

    internal NetworkSession Detector { get; }

    internal NetworkSession Landmarks { get; }

    /// <summary>Loads the detector and a landmark network, both at the same time.</summary>
    /// <exception cref="FileNotFoundException">The models are not installed; the message says what to run.</exception>
    /// <exception cref="Onnx.ModelFormatException">A model file is not the expected one.</exception>
    public static BlazePoseNetworks Load(PoseModels models, PoseModel model = PoseModel.Full)
    {
        var detector = Task.Run(() => NetworkSession.Load(models.DetectorOnnx()));
        var landmarks = Task.Run(() => NetworkSession.Load(models.LandmarksOnnx(model)));
        try
        {
            Task.WaitAll(detector, landmarks);
        }
        catch (AggregateException errors)
        {
            foreach (var loaded in new[] { detector, landmarks }.Where(task => task.IsCompletedSuccessfully))
            {
                loaded.Result.Dispose();
            }

            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }

        return new BlazePoseNetworks(detector.Result, landmarks.Result);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Detector.Dispose();
        Landmarks.Dispose();
    }
}
