using System.Text.Json;
using Microsoft.Data.Sqlite;
using Spotter.Web.Embedded;

namespace Spotter.Web.Coaching;

/// <summary>Exercises that coaches made, their versions, and what people say about clips.</summary>
internal sealed class CoachBook(EmbeddedDatabase database, TimeProvider time)
{
    private readonly Lazy<string> server = new(() =>
    {
        using var connection = database.Open();
        using var command = EmbeddedDatabase.Command(connection, "SELECT id FROM server", []);
        return (string)command.ExecuteScalar()!;
    });

    /// <summary>Name of this data folder, made with it: it tells what is taught here from what other servers on the same back end teach under the same name.</summary>
    public string Server => server.Value;

    /// <summary>Whether an example or a training of one of this book's exercises belongs to it.</summary>
    /// <param name="owner">The server that handed it in; null before servers had names, when an exercise's name alone told.</param>
    public bool Owns(string? owner) => owner is null || owner == Server;

    public IReadOnlyList<CoachedExercise> Exercises() => Read(
        "SELECT name, title, current, follows FROM exercise ORDER BY title",
        reader => new CoachedExercise(reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetBoolean(3)));

    public CoachedExercise? Find(string name) => Exercises().FirstOrDefault(exercise => exercise.Name == name);

    /// <summary>Adds an exercise; nothing happens when there is one of that name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="title">What people call it.</param>
    /// <param name="follows">Whether its versions judge as they are made; otherwise somebody must choose one first.</param>
    public void Add(string name, string title, bool follows = true) => Write(
        "INSERT INTO exercise (name, title, created_at, follows) VALUES ($name, $title, $now, $follows) ON CONFLICT (name) DO NOTHING",
        ("$name", name), ("$title", title), ("$now", time.GetUtcNow().ToUnixTimeMilliseconds()), ("$follows", follows));

    /// <summary>Forgets an exercise with its versions.</summary>
    public void Remove(string name) => Write(
        "DELETE FROM exercise WHERE name = $name; DELETE FROM pack_version WHERE exercise = $name", ("$name", name));

    /// <summary>The versions of an exercise, newest first.</summary>
    public IReadOnlyList<PackVersion> Versions(string exercise) => Read(
        "SELECT summary FROM pack_version WHERE exercise = $name ORDER BY number DESC",
        reader => JsonSerializer.Deserialize<PackVersion>(reader.GetString(0))!,
        ("$name", exercise));

    /// <summary>Adds a version.</summary>
    /// <param name="exercise">The exercise.</param>
    /// <param name="version">The version.</param>
    /// <param name="judges">Whether it judges from now on.</param>
    public void AddVersion(string exercise, PackVersion version, bool judges) => Write(
        """
        INSERT OR REPLACE INTO pack_version (exercise, number, summary) VALUES ($name, $number, $summary);
        UPDATE exercise SET current = $number WHERE name = $name AND $judges
        """,
        ("$name", exercise), ("$number", version.Number), ("$summary", JsonSerializer.Serialize(version)), ("$judges", judges));

    /// <summary>Lets a version judge. Whoever takes the newest has the next ones judge, too; whoever goes back stays there.</summary>
    /// <param name="exercise">The exercise.</param>
    /// <param name="version">Number of a version; 0 for none, and so for the pack that comes with Spotter.</param>
    public void Use(string exercise, int version) => Write(
        """
        UPDATE exercise SET current = $number, follows = $number > 0 AND $number = (SELECT max(number) FROM pack_version WHERE exercise = $name) WHERE name = $name
        """,
        ("$name", exercise), ("$number", version));

    /// <summary>Keeps what a rater says; their last word counts. "ann" is the "Ann" who spoke before.</summary>
    public void Label(ClipLabel label) => Write(
        "INSERT OR REPLACE INTO label (job, rater, value, note, at) VALUES ($job, coalesce((SELECT rater FROM label WHERE rater = $rater COLLATE NOCASE LIMIT 1), $rater), $value, $note, $now)",
        ("$job", label.Job), ("$rater", label.Rater), ("$value", (int)label.Value), ("$note", label.Note), ("$now", time.GetUtcNow().ToUnixTimeMilliseconds()));

    public IReadOnlyList<ClipLabel> Labels(string? job = null) => Read(
        "SELECT job, rater, value, note FROM label WHERE $job IS NULL OR job = $job ORDER BY at",
        reader => new ClipLabel(reader.GetString(0), reader.GetString(1), (SetLabel)reader.GetInt32(2), reader.GetString(3)),
        ("$job", job));

    /// <summary>The clips that all who labelled them call correct, or all incorrect; in the order of their last labels.</summary>
    public IReadOnlyList<(string Job, SetLabel Label)> Agreed() =>
    [
        .. Labels().Select((label, order) => (label, order)).GroupBy(said => said.label.Job, StringComparer.Ordinal)
            .Where(clip => clip.First().label.Value is SetLabel.Correct or SetLabel.Incorrect && clip.All(said => said.label.Value == clip.First().label.Value))
            .OrderBy(clip => clip.Max(said => said.order)).Select(clip => (clip.Key, clip.First().label.Value)),
    ];

    /// <summary>The clips for which all who labelled them said the same.</summary>
    public IReadOnlyList<string> Unanimous(SetLabel value) => [.. Agreed().Where(clip => clip.Label == value).Select(clip => clip.Job)];

    /// <summary>Takes a rater's word on a clip back.</summary>
    /// <returns>False where they had said nothing.</returns>
    public bool Unlabel(string job, string rater) => Write("DELETE FROM label WHERE job = $job AND rater = $rater COLLATE NOCASE", ("$job", job), ("$rater", rater)) > 0;

    /// <summary>Corrects who lifts in a clip.</summary>
    /// <param name="job">The clip.</param>
    /// <param name="name">The name; empty for nobody's.</param>
    public void Name(string job, string name) => Write("INSERT OR REPLACE INTO person (job, name) VALUES ($job, $name)", ("$job", job), ("$name", name));

    /// <summary>The clips whose person was corrected, with the name; empty for nobody's.</summary>
    public IReadOnlyDictionary<string, string> People() =>
        Read("SELECT job, name FROM person", reader => (reader.GetString(0), reader.GetString(1))).ToDictionary(StringComparer.Ordinal);

    /// <summary>The clips that something is known of.</summary>
    public IReadOnlyList<string> Clips() => Read("SELECT job FROM label UNION SELECT job FROM person", reader => reader.GetString(0));

    /// <summary>Forgets what was said about a clip.</summary>
    public void Forget(string job) => Write(
        "DELETE FROM label WHERE job = $job; DELETE FROM person WHERE job = $job", ("$job", job));

    /// <summary>The versions that judge, as other machines find them.</summary>
    public IReadOnlyList<TaughtPack> Taught() =>
    [
        .. from exercise in Exercises()
           from version in Versions(exercise.Name)
           where version.Number == exercise.Current
           let pack = version is { Job: { } job, Attempt: { } attempt } ? new TaughtPack(exercise.Name, version.Number, job, attempt) : null
           where pack is not null
           select pack,
    ];

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> read, params (string Name, object? Value)[] parameters)
    {
        using var connection = database.Open();
        using var command = EmbeddedDatabase.Command(connection, sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private int Write(string sql, params (string Name, object? Value)[] parameters)
    {
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        using var command = EmbeddedDatabase.Command(connection, sql, parameters);
        var count = command.ExecuteNonQuery();
        transaction.Commit();
        return count;
    }
}
