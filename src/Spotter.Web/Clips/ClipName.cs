using Spotter.Web.Jobs;

namespace Spotter.Web.Clips;

/// <summary>Name of a stored file. Made of checked parts only, so that no name from outside can lead anywhere else.</summary>
public sealed record ClipName
{
    private const int LongestFileName = 64;
    private const string Marks = "databases";

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

    private ClipName(string mark) => (Job, File) = (Marks, mark);

    /// <summary>The mark that a store bears for a database with jobs; no job's file, so that nothing that lists or cleans meets it.</summary>
    /// <param name="database">The id of the database, in the form of <see cref="JobId"/>.</param>
    /// <exception cref="ArgumentException">It has another form.</exception>
    public static ClipName Mark(string database) =>
        JobId.IsValid(database) ? new ClipName(database) : throw new ArgumentException("Not the id of a database.", nameof(database));

    /// <summary>The clip as it was handed in.</summary>
    public static ClipName Original(string job) => new(job, null, "clip");

    /// <summary>The job; of a mark, what is no job.</summary>
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
