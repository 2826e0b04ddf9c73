using System.Text.Json;
using Spotter.Measures;
using Spotter.Skeletons;

namespace Spotter.Exercises;

public sealed partial record ExerciseDefinition
{
    private const string ResourcePrefix = "Spotter.Exercises.Definitions.";
    private const string ResourceSuffix = ".json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Names of the exercises that come with Spotter, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(ExerciseDefinition).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal) && name.EndsWith(ResourceSuffix, StringComparison.Ordinal))
            .Select(name => name[ResourcePrefix.Length..^ResourceSuffix.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The definition of an exercise that comes with Spotter.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ExerciseFormatException">There is no such exercise.</exception>
    public static ExerciseDefinition Load(string name)
    {
        using var stream = Names.Contains(name, StringComparer.Ordinal)
            ? typeof(ExerciseDefinition).Assembly.GetManifestResourceStream(ResourcePrefix + name + ResourceSuffix)
            : null;
        return stream is null
            ? throw new ExerciseFormatException($"There is no exercise \"{name}\"; Spotter knows {string.Join(", ", Names)}.")
            : Read(stream, name);
    }

    /// <summary>Reads and checks the definition of an exercise.</summary>
    /// <param name="json">The document.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <exception cref="ExerciseFormatException">It is no definition, or it names something that does not exist.</exception>
    public static ExerciseDefinition Read(Stream json, string source)
    {
        ExerciseDefinition? definition;
        try
        {
            definition = JsonSerializer.Deserialize<ExerciseDefinition>(json, Options);
        }
        catch (JsonException exception)
        {
            throw new ExerciseFormatException($"The definition of the exercise in {source} cannot be read: {exception.Message}", exception);
        }

        var problem = definition is null ? "it is empty" : definition.Problem();
        return problem is null
            ? definition!
            : throw new ExerciseFormatException($"The definition of the exercise in {source} cannot be used: {problem}.");
    }

    /// <summary>
    /// What makes a definition that came from a file unusable; null where nothing does. The serializer does not hold lists and strings to their
    /// nullability; whoever writes a definition by hand gets a sentence, not a crash.
    /// </summary>
    internal string? Problem()
    {
        if (this is not { Name.Length: > 0, Signal: not null, Measures: not null, Limits: not null, RequiredJoints: not null })
        {
            return "name, signal, measures, limits and requiredJoints must all be given";
        }

        return SignalProblem(Signal)
            ?? RequiredJoints.Select(PartProblem).FirstOrDefault(problem => problem is not null)
            ?? Measures.Concat(Remarks ?? new Dictionary<View, IReadOnlyList<string>>())
                .Select(view => ViewProblem(view.Key, view.Value)).FirstOrDefault(problem => problem is not null)
            ?? Limits.Select(LimitProblem).FirstOrDefault(problem => problem is not null);
    }

    private static string? SignalProblem(RepetitionSignal signal)
    {
        if (!(signal.MinimumProminence > 0))
        {
            return "the signal's minimumProminence must be above 0";
        }

        if (PartProblem(signal.Joint) is { } problem)
        {
            return problem;
        }

        return signal.Kind == SignalKind.Height
            ? PartProblem(signal.Reference)
            : signal.Joint is "elbow" or "knee" ? null : $"an angle is measured at an elbow or a knee, not at \"{signal.Joint}\"";
    }

    private static string? PartProblem(string? name) =>
        name is not null && BodyPart.TryParse(name, out _) ? null : $"\"{name}\" is no part of the body";

    private static string? ViewProblem(View view, IReadOnlyList<string>? names)
    {
        if (names is null || names.Count == 0)
        {
            return $"the {view} view lists no measures";
        }

        var unknown = names.FirstOrDefault(name => name is null || MeasureCatalogue.Find(name) is null);
        var unseen = names.FirstOrDefault(name => name is not null && MeasureCatalogue.Find(name)?.Views.Contains(view) == false);
        return unknown is not null || names.Contains(null!) ? $"there is no measure \"{unknown}\""
            : unseen is not null ? $"the {view} view does not show {unseen}"
            : null;
    }

    private static string? LimitProblem(MeasureLimit? limit) => limit switch
    {
        null => "a limit is empty",
        _ when limit.Measure is null || MeasureCatalogue.Find(limit.Measure) is null => $"there is no measure \"{limit.Measure}\"",
        { Minimum: null, Maximum: null } => $"the limit on {limit.Measure} limits nothing",
        _ when limit.Minimum > limit.Maximum => $"the limit on {limit.Measure} excludes everything",
        _ when string.IsNullOrWhiteSpace(limit.Otherwise) => $"the limit on {limit.Measure} does not say what it means to be outside",
        _ => null,
    };
}
