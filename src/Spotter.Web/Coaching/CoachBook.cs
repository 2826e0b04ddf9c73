using System.Text.Json;
using Microsoft.Data.Sqlite;
using Spotter.Web.Embedded;

namespace Spotter.Web.Coaching;

/// <summary>Exercises that coaches made, their versions, and what people say about clips.</summary>
internal sealed class CoachBook(EmbeddedDatabase database, TimeProvider time)
{
    public IReadOnlyList<CoachedExercise> Exercises() => Read(
        "SELECT name, title, current FROM exercise ORDER BY title", reader => new CoachedExercise(reader.GetString(0), reader.GetString(1), reader.GetInt32(2)));

    public CoachedExercise? Find(string name) => Exercises().FirstOrDefault(exercise => exercise.Name == name);

    /// <summary>Adds an exercise; nothing happens when there is one of that name.</summary>
    public void Add(string name, string title) => Write(
        "INSERT INTO exercise (name, title, created_at) VALUES ($name, $title, $now) ON CONFLICT (name) DO NOTHING",
        ("$name", name), ("$title", title), ("$now", time.GetUtcNow().ToUnixTimeMilliseconds()));

    public void Remove(string name)
    {
        Write("DELETE FROM exercise WHERE name = $name", ("$name", name));
        Write("DELETE FROM pack_version WHERE exercise = $name", ("$name", name));
    }

    /// <summary>The versions of an exercise, newest first.</summary>
    public IReadOnlyList<PackVersion> Versions(string exercise) => Read(
        "SELECT summary FROM pack_version WHERE exercise = $name ORDER BY number DESC",
        reader => JsonSerializer.Deserialize<PackVersion>(reader.GetString(0))!,
        ("$name", exercise));

    public void AddVersion(string exercise, PackVersion version) => Write(
        "INSERT OR REPLACE INTO pack_version (exercise, number, summary) VALUES ($name, $number, $summary)",
        ("$name", exercise), ("$number", version.Number), ("$summary", JsonSerializer.Serialize(version)));

    public void Use(string exercise, int version) =>
        Write("UPDATE exercise SET current = $number WHERE name = $name", ("$name", exercise), ("$number", version));

    /// <summary>Keeps what a rater says; their last word counts.</summary>
    public void Label(ClipLabel label) => Write(
        "INSERT OR REPLACE INTO label (job, rater, value, note, at) VALUES ($job, $rater, $value, $note, $now)",
        ("$job", label.Job), ("$rater", label.Rater), ("$value", (int)label.Value), ("$note", label.Note), ("$now", time.GetUtcNow().ToUnixTimeMilliseconds()));

    public IReadOnlyList<ClipLabel> Labels(string? job = null) => Read(
        "SELECT job, rater, value, note FROM label WHERE $job IS NULL OR job = $job ORDER BY at",
        reader => new ClipLabel(reader.GetString(0), reader.GetString(1), (SetLabel)reader.GetInt32(2), reader.GetString(3)),
        ("$job", job));

    /// <summary>The clips for which all who labelled them said the same.</summary>
    public IReadOnlyList<string> Unanimous(SetLabel value) =>
        [.. Labels().GroupBy(label => label.Job, StringComparer.Ordinal).Where(clip => clip.All(label => label.Value == value)).Select(clip => clip.Key)];

    /// <summary>Forgets what was said about a clip.</summary>
    public void Forget(string job) => Write("DELETE FROM label WHERE job = $job", ("$job", job));

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

    private void Write(string sql, params (string Name, object? Value)[] parameters)
    {
        using var connection = database.Open();
        using var command = EmbeddedDatabase.Command(connection, sql, parameters);
        command.ExecuteNonQuery();
    }
}
