using Spotter.Video;
using Spotter.Web.Jobs;
using Spotter.Web.Words;

namespace Spotter.Web.Api;

/// <summary>Why a job failed or a file was not taken, in the reader's language.</summary>
internal static class ProblemText
{
    /// <summary>Why a job failed. What the program said is for whoever runs it, and stays in the job and the log.</summary>
    public static string Of(JobProblem problem) => PageTexts.Find("problem." + problem.Code) ?? PageTexts.Get("problem.failed");

    /// <summary>What is wrong with a file, and what to do.</summary>
    public static string Of(VideoFormatException exception) => PageTexts.Find("problem." + exception.Kind) ?? PageTexts.Get("problem.damaged");
}
