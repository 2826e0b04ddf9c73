using Spotter.Words;

namespace Spotter.Tests.Words;

public sealed class ExerciseTitleTests
{
    [Theory]
    [InlineData("壺鈴推舉", "壺鈴推舉")]
    [InlineData("Press 推舉", "press 推舉")]
    [InlineData("жим стоя", "жим стоя")]
    public void Encode_OtherLetters_CanBeReadBack(string title, string read)
    {
        var name = ExerciseTitle.Encode(title)!;
        Assert.Matches("^[a-z0-9-]{4,63}$", name);
        Assert.Equal(read, ExerciseTitle.Of(name));
    }

    [Fact]
    public void Encode_LatinOrMuchTooLong_IsNothing()
    {
        Assert.Null(ExerciseTitle.Encode("bench press"));
        Assert.Null(ExerciseTitle.Encode(new string('推', 60)));
    }

    [Theory]
    [InlineData("goblet-squat", "goblet squat")]
    [InlineData("xn--", "xn  ")]
    public void Of_NameWithoutWord_IsReadAsItStands(string name, string title) => Assert.Equal(title, ExerciseTitle.Of(name));
}
