using System.CommandLine;
using Spotter.Poses;

namespace Spotter.Cli.Commands;

/// <summary>Options that several commands share.</summary>
internal static class PoseOptions
{
    public static Option<PoseModel> Model() => new("--pose")
    {
        Description = "Pose model: lite is fastest, heavy most exact.",
        DefaultValueFactory = _ => PoseModel.Full,
    };

    public static Option<double> Rate() => new("--fps")
    {
        Description = "Frames per second of keypoints that carry no times.",
        DefaultValueFactory = _ => 30,
        HelpName = "N",
    };

    public static double Checked(double rate) => rate is >= 1 and <= 1000
        ? rate
        : throw new UsageException($"--fps {rate} makes no sense: give the frames per second of the keypoints, from 1 to 1000.");
}
