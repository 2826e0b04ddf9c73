using System.Reflection;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace Spotter.Tests;

/// <summary>The pipeline's folders depend on each other one way only: left to right along the line in the design.</summary>
public sealed class ArchitectureTests
{
    /// <summary>A stage may use the stages before it, never those after it. Evaluation and Annotation are leaves: nothing but hosts uses them, except that FormChecker annotates.</summary>
    private static readonly string[][] Line =
    [
        ["Words"], ["Video"], ["Onnx"], ["Skeletons"], ["Poses"],
        // What an exercise is: its definition names measures, and repetitions and measures are taken as the definition says.
        ["Exercises", "Repetitions", "Measures"],
        ["StGcn"], ["OneClass"], ["Packs"], ["Scoring"], ["Explanation"], ["Annotation"], ["Evaluation"],
    ];

    private static readonly Architecture Pipeline = new ArchLoader().LoadAssemblies(typeof(FormChecker).Assembly).Build();

    [Fact]
    public void Stages_DependOnOthers_OnlyBackwards()
    {
        var wrong = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in Pipeline.Types.Where(type => Stage(type) >= 0))
        {
            foreach (var target in type.Dependencies.Select(dependency => dependency.Target).Where(target => Stage(target) > Stage(type)))
            {
                wrong.Add($"{type.FullName} uses {target.FullName}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Pipeline_Assembly_KnowsNoHostAndNoLibtorch()
    {
        var references = typeof(FormChecker).Assembly.GetReferencedAssemblies().Select(name => name.Name!);

        Assert.DoesNotContain(references, name =>
            name.StartsWith("TorchSharp", StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            || name.StartsWith("System.CommandLine", StringComparison.Ordinal) || name.StartsWith("Spectre", StringComparison.Ordinal));
    }

    private static int Stage(IType type) => type.Namespace?.FullName is { } name && name.StartsWith("Spotter.", StringComparison.Ordinal)
        ? Array.FindIndex(Line, stage => stage.Contains(name["Spotter.".Length..]))
        : -1;
}
