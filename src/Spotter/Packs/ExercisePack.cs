using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spotter.Exercises;
using Spotter.Measures;
using Spotter.OneClass;
using Spotter.Skeletons;

namespace Spotter.Packs;

/// <summary>What was learnt about one exercise from correct repetitions: a small versioned JSON file, <c>spotter-pack/1</c>.</summary>
public sealed record ExercisePack
{
    /// <summary>The schema that this version reads and writes.</summary>
    public const string CurrentSchema = "spotter-pack/1";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 32,
    };

    /// <summary>Name and version of the file's schema.</summary>
    public required string Schema { get; init; }

    /// <summary>Version of this pack; a new training makes a new one.</summary>
    public required string Version { get; init; }

    /// <summary>What is specific to the exercise.</summary>
    public required ExerciseDefinition Definition { get; init; }

    /// <summary>The feature network that the pack was fitted with; only that one gives the numbers it knows.</summary>
    public required Backbone Backbone { get; init; }

    /// <summary>Share of correct repetitions that may be flagged, above 0 and below 1.</summary>
    public required double FalseAlarmRate { get; init; }

    /// <summary>One model for each view that there was data for.</summary>
    public required IReadOnlyList<ViewModelState> Views { get; init; }

    /// <summary>Where it comes from.</summary>
    public required PackOrigin Origin { get; init; }

    /// <summary>Reads a pack.</summary>
    /// <exception cref="PackFormatException">It is not a pack, or not of a version that this program understands.</exception>
    public static ExercisePack Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream, new JsonDocumentOptions { MaxDepth = Options.MaxDepth });
            var schema = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("schema", out var name)
                ? name.ToString()
                : null;
            if (schema != CurrentSchema)
            {
                throw new PackFormatException(schema is null
                    ? $"{path} is not an exercise pack: it names no schema. Make one with spotter train."
                    : $"{path} has schema {schema}, and this version of Spotter reads {CurrentSchema}. Train the pack again, or use the version that made it.");
            }

            var pack = document.Deserialize<ExercisePack>(Options)!;
            pack.Validate();
            return pack;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException or NullReferenceException or FormatException)
        {
            throw new PackFormatException($"{path} is damaged: {e.Message} Train the pack again, or restore it from where you got it.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PackFormatException($"The pack {path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The model of a view; null where none was learnt.</summary>
    public ViewModelState? Find(View view) => Views.FirstOrDefault(known => known.View == view);

    /// <summary>Writes the pack; an older file of that name stays until the new one is whole.</summary>
    public void Write(string path) => AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, this, Options));

    private void Validate()
    {
        if (FalseAlarmRate is not (> 0 and < 1))
        {
            throw new ArgumentException("its false-alarm rate is not between 0 and 1.");
        }

        if (Definition.Problem() is { } problem)
        {
            throw new ArgumentException($"{problem}.");
        }

        if (Backbone is not { Name: not null, File: not null, Sha256: not null } || Origin is not { Command: not null, Data: not null } || Version is null)
        {
            throw new ArgumentException("it does not say what it was made from.");
        }

        foreach (var view in Views)
        {
            _ = new ViewModel(view);
        }
    }
}

/// <summary>The feature network.</summary>
/// <param name="Name">What it is, for people.</param>
/// <param name="File">Name of its file, beside the pack.</param>
/// <param name="Sha256">Checksum of its file in lower-case hexadecimal.</param>
public sealed record Backbone(string Name, string File, string Sha256);

/// <summary>Where a pack comes from.</summary>
/// <param name="Command">The command that made it.</param>
/// <param name="Data">What it rests on, one entry for each set of recordings.</param>
public sealed record PackOrigin(string Command, IReadOnlyList<PackData> Data);

/// <summary>One set of recordings behind a pack.</summary>
/// <param name="Source">Name of the set.</param>
/// <param name="View">The view from which it was filmed.</param>
/// <param name="Sessions">Recording sessions.</param>
/// <param name="Repetitions">Correct repetitions.</param>
public sealed record PackData(string Source, View View, int Sessions, int Repetitions);

/// <summary>How correct repetitions look from one view, as packs store it.</summary>
/// <param name="View">The view.</param>
/// <param name="MeasureNames">Names of the measures, in the order in which the branch takes them.</param>
/// <param name="Network">One-class SVM on the network's features.</param>
/// <param name="Measures">One-class SVM on the measures.</param>
/// <param name="Bands">Where the measures of correct repetitions lie.</param>
/// <param name="Path">Where the joints of correct repetitions are.</param>
/// <param name="Joints">Names of the joints that the network is shown, see <see cref="JointMask"/>.</param>
public sealed record ViewModelState(
    View View, IReadOnlyList<string> MeasureNames, BranchState Network, BranchState Measures, IReadOnlyList<MeasureBand> Bands, PathTemplate Path,
    IReadOnlyList<string> Joints);
