using System.Text;
using Spotter.Exercises;
using Spotter.Skeletons;

namespace Spotter.Tests.Exercises;

public sealed class ExerciseDefinitionTests
{
    private const string Valid = """
        { "name": "x", "signal": { "kind": "height", "joint": "wrist", "reference": "shoulder", "direction": "up", "minimumProminence": 0.2 },
          "requiredJoints": ["wrist"], "measures": { "front": ["wrist-height-top"] }, "limits": [] }
        """;

    [Fact]
    public void Names_ListTheExercisesThatComeWithSpotter() =>
        Assert.Equal(["bicep-curl", "front-raise", "shoulder-press", "shoulder-shrug", "triceps-pushdown"], ExerciseDefinition.Names);

    [Fact]
    public void Load_EveryName_IsValidAndCalledSo() =>
        Assert.All(ExerciseDefinition.Names, name => Assert.Equal(name, ExerciseDefinition.Load(name).Name));

    [Fact]
    public void Load_Press_IsJudgedFromFrontAndSide() =>
        Assert.Equal([View.Front, View.Side], ExerciseDefinition.Load("shoulder-press").Measures.Keys.Order());

    [Theory]
    [InlineData("handstand")]
    [InlineData("../shoulder-press")]
    [InlineData("")]
    public void Load_UnknownName_ListsTheKnownOnes(string name) =>
        Assert.Contains("shoulder-press", Assert.Throws<ExerciseFormatException>(() => ExerciseDefinition.Load(name)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_ValidDocument_IsRead() => Assert.Equal("x", Read(Valid).Name);

    [Theory]
    [InlineData("\"wrist\", \"reference\"", "\"tail\", \"reference\"", "tail")]
    [InlineData("\"reference\": \"shoulder\",", "", "no part of the body")]
    [InlineData("\"height\"", "\"angle\"", "an angle is measured at")]
    [InlineData("0.2", "0", "minimumProminence")]
    [InlineData("\"name\": \"x\",", "", "name")]
    [InlineData("\"limits\": []", "\"limits\": [null]", "empty")]
    [InlineData("\"limits\": []", "\"limit\": []", "limit")]
    [InlineData("\"limits\": []", "\"limits\": [{ \"measure\": \"wrist-height-top\", \"otherwise\": \"a\" }]", "limits nothing")]
    [InlineData("\"limits\": []", "\"limits\": [{ \"measure\": \"beauty\", \"maximum\": 1, \"otherwise\": \"a\" }]", "beauty")]
    [InlineData("[\"wrist-height-top\"]", "[]", "lists no measures")]
    [InlineData("[\"wrist-height-top\"]", "null", "lists no measures")]
    [InlineData("[\"wrist-height-top\"]", "[null]", "no measure")]
    [InlineData("[\"wrist-height-top\"]", "[\"beauty\"]", "beauty")]
    [InlineData("[\"wrist-height-top\"]", "[\"trunk-lean-degrees\"]", "does not show")]
    [InlineData("\"front\"", "\"above\"", "above")]
    [InlineData("{ \"name\"", "[ \"name\"", "cannot be read")]
    public void Read_BrokenDocument_SaysWhatIsWrong(string good, string bad, string expected)
    {
        Assert.Contains(good, Valid, StringComparison.Ordinal);
        var exception = Assert.Throws<ExerciseFormatException>(() => Read(Valid.Replace(good, bad, StringComparison.Ordinal)));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    private static ExerciseDefinition Read(string json) => ExerciseDefinition.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), "test");
}
