using Spotter.Web.Jobs;
using Spotter.Web.Words;

namespace Spotter.Web.Api;

/// <summary>Why a job failed, in the reader's language.</summary>
internal static class ProblemText
{
    public static string Of(JobProblem problem) =>
        PageTexts.Find("problem." + problem.Code) is { } text ? string.Format(System.Globalization.CultureInfo.CurrentCulture, text, problem.Text) : problem.Text;
}
