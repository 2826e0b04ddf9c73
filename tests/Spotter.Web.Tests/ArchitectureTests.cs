using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace Spotter.Web.Tests;

/// <summary>What may use what in the web app.</summary>
public sealed class ArchitectureTests
{
    /// <summary>For each folder, the folders it may use besides itself. The contracts know nobody; back ends know only the contracts.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Jobs"] = [],
        ["Clips"] = ["Jobs"],
        ["Words"] = [],
        ["Embedded"] = ["Jobs", "Clips"],
        ["Firebase"] = ["Jobs", "Clips"],
        ["Postgres"] = ["Jobs", "Clips", "Embedded"],
        ["S3"] = ["Jobs", "Clips"],
        ["Coaching"] = ["Clips", "Embedded"],
        ["Work"] = ["Jobs", "Clips", "Coaching", "Words"],
        ["Access"] = ["Words"],
        ["Api"] = ["Jobs", "Clips", "Coaching", "Work", "Words", "Access"],
        ["Pages"] = ["Jobs", "Clips", "Coaching", "Work", "Words", "Access", "Api"],
    };

    private static readonly Architecture Web = new ArchLoader().LoadAssemblies(typeof(WebServer).Assembly).Build();

    [Fact]
    public void Folders_DependOnOthers_OnlyAsAllowed()
    {
        var wrong = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in Web.Types.Where(type => Folder(type) is { } folder && Allowed.ContainsKey(folder)))
        {
            foreach (var target in type.Dependencies.Select(dependency => dependency.Target))
            {
                if (Folder(target) is { } other && other != Folder(type) && Allowed.ContainsKey(other) && !Allowed[Folder(type)!].Contains(other))
                {
                    wrong.Add($"{type.FullName} uses {target.FullName}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Web_Output_HoldsNoLibtorch()
    {
        var references = typeof(WebServer).Assembly.GetReferencedAssemblies().Select(name => name.Name!);

        Assert.DoesNotContain(references, name => name.StartsWith("TorchSharp", StringComparison.Ordinal) || name.StartsWith("Spotter.Training", StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(AppContext.BaseDirectory, "TorchSharp.dll")));
    }

    private static string? Folder(IType type) => type.Namespace?.FullName is { } name && name.StartsWith("Spotter.Web.", StringComparison.Ordinal)
        ? name["Spotter.Web.".Length..].Split('.')[0]
        : null;
}
