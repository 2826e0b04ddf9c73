using Spotter.Web.Jobs;

namespace Spotter.Web.Clips;

/// <summary>Name of a stored file. Made of checked parts only, so that no name from outside can lead anywhere else.</summary>
public sealed record ClipName
{
    private const int LongestFileName = 64;

    /// <summary>A file of a job.</summary>
    /// <param name="job">The job's id.</param>
    /// <param name="attempt">The attempt that made it; null for what was handed in.</param>
    /// <param name="file">Plain file name: lower-case letters, digits, hyphens and a dot.</param>
    /// <exception cref="ArgumentException">A part has another form.</exception>
    public ClipName(string job, string? attempt, string file)
    {
        if (!JobId.IsValid(job) || (attempt is not null && !JobId.IsValid(attempt)) || !IsFileName(file))
        {
            throw new ArgumentException("A stored file is named by a job's id, an attempt's and a plain file name.", nameof(file));
        }

        (Job, Attempt, File) = (job, attempt, file);
    }

    /// <summary>The clip as it was handed in.</summary>
    public static ClipName Original(string job) => new(job, null, "clip");

    /// <summary>The job.</summary>
    public string Job { get; }

    /// <summary>The attempt; null for what was handed in.</summary>
    public string? Attempt { get; }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>The name with slashes.</summary>
    public override string ToString() => Attempt is null ? $"{Job}/{File}" : $"{Job}/{Attempt}/{File}";

    private static bool IsFileName(string name) => name.Length is > 0 and <= LongestFileName && name[0] != '.'
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '.');
}
