using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Spotter.Packs;
using Spotter.Scoring;

namespace Spotter.Tests.Packs;

public sealed class ExercisePackTests : IDisposable
{
    // What somebody who edits the file, or a broken program, might leave there.
    private static readonly string[] Replacements =
        ["null", "-1", "0", "1e308", "2147483648", "0.5", "\"NaN\"", "\"Infinity\"", "\"\"", "\"left-wing\"", "true", "[]", "{}", "[null]", "[[1]]", "[\"neck\"]"];

    private readonly MannequinPack mannequins = MannequinPack.Shared;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("spotter-");

    private string PackPath => Path.Combine(folder.FullName, "press.pack.json");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Read_WhatWasWritten_JudgesAlike()
    {
        mannequins.Pack.Write(PackPath);
        var read = ExercisePack.Read(PackPath);
        foreach (var repetition in MannequinPack.Press("front", 90).Concat(MannequinPack.Press("side", 91)))
        {
            Assert.Equal(PValue(mannequins.Pack, repetition), PValue(read, repetition));
        }
    }

    [Theory]
    [InlineData("""{"schema":"spotter-pack/2"}""", "spotter-pack/2")]
    [InlineData("""{"version":"1"}""", "names no schema")]
    [InlineData("[1, 2]", "names no schema")]
    [InlineData("""{"schema":"spotter-pack/1"}""", "damaged")]
    [InlineData("no json", "damaged")]
    [InlineData("", "damaged")]
    public void Read_AnotherFile_SaysWhatIsWrong(string content, string expected)
    {
        File.WriteAllText(PackPath, content);
        var error = Assert.Throws<PackFormatException>(() => ExercisePack.Read(PackPath));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(PackPath, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoSuchFile_IsAPackFormatError() => Assert.Throws<PackFormatException>(() => ExercisePack.Read(Path.Combine(folder.FullName, "none")));

    [Fact]
    public void Read_CutOffAnywhere_IsRefused()
    {
        mannequins.Pack.Write(PackPath);
        var whole = File.ReadAllBytes(PackPath);
        Gen.Int[0, whole.Length - 2].Sample(
            length =>
            {
                File.WriteAllBytes(PackPath, whole[..length]);
                Assert.Throws<PackFormatException>(() => ExercisePack.Read(PackPath));
            },
            iter: 100,
            threads: 1);
    }

    [Fact]
    public void Read_AnyValueReplaced_IsRefusedOrJudges()
    {
        mannequins.Pack.Write(PackPath);
        var whole = File.ReadAllText(PackPath);
        var repetition = MannequinPack.Press("front", 90)[0];
        Gen.Select(Gen.Int[0, int.MaxValue].Array[12], Gen.Int[0, Replacements.Length - 1]).Sample(
            (path, choice) =>
            {
                var document = JsonNode.Parse(whole)!;
                Replace(document, path, JsonNode.Parse(Replacements[choice]));
                File.WriteAllText(PackPath, document.ToJsonString(new JsonSerializerOptions()));
                try
                {
                    Assert.InRange(PValue(ExercisePack.Read(PackPath), repetition), 0, 1);
                }
                catch (PackFormatException)
                {
                }
            },
            iter: 300,
            threads: 1);
    }

    private double PValue(ExercisePack pack, CorrectRepetition repetition) =>
        new RepetitionJudge(pack, repetition.View, mannequins.Encoder, Method.Fused).Judge(repetition.Skeleton, repetition.Repetition).Score.FusedPValue;

    // Walks down from the root, at each node to a child drawn by the path, and replaces what it ends at.
    private static void Replace(JsonNode node, int[] path, JsonNode? replacement, int depth = 0)
    {
        var children = node is JsonObject members ? [.. members.Select(member => member.Value)] : node is JsonArray items ? items.ToArray() : [];
        var at = path[depth] % children.Length;
        if (children[at] is JsonObject { Count: > 0 } or JsonArray { Count: > 0 } && path[depth] % 7 != 0)
        {
            Replace(children[at]!, path, replacement, depth + 1);
        }
        else if (node is JsonObject parent)
        {
            parent[parent.ElementAt(at).Key] = replacement;
        }
        else
        {
            node[at] = replacement;
        }
    }
}
