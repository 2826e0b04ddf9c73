using Spotter.Skeletons;
using Spotter.Words;

namespace Spotter.Explanation;

/// <summary>Says where a joint should go, in directions of the person: forward or outward, up or down.</summary>
internal static class PathWords
{
    // A direction that makes up less of the way than this is not worth a word.
    private const double LeastShare = 0.35;

    // Nearer than this, in torso lengths, there is nowhere to go: nobody moves a joint by two centimetres at will.
    private const double Least = 0.05;

    /// <summary>The advice.</summary>
    /// <param name="joint">The joint.</param>
    /// <param name="view">From where the person is seen.</param>
    /// <param name="right">How far it should go to the picture's right, torso lengths.</param>
    /// <param name="down">How far it should go down.</param>
    public static Sentence Advice(Joint joint, ViewEstimate view, double right, double down)
    {
        var way = double.Hypot(right, down);
        var name = SentencePart.Names("joint." + joint.Name());
        if (way < Least)
        {
            return new Sentence("finding.path.near", name);
        }

        List<string> words = [];
        if (Math.Abs(right) >= LeastShare * way)
        {
            words.Add("path." + Across(joint, view, right));
        }

        if (Math.Abs(down) >= LeastShare * way)
        {
            words.Add(down > 0 ? "path.down" : "path.up");
        }

        SentencePart there = words is [var one, var other] ? new Sentence("path.and", SentencePart.Names(one), SentencePart.Names(other)) : SentencePart.Names(words[0]);
        return new Sentence("finding.path", name, there, SentencePart.Amount("torso lengths", way));
    }

    // Whoever faces the camera has the right arm at the picture's left.
    private static string Across(Joint joint, ViewEstimate view, double right) => view.View == View.Side
        ? right > 0 == (view.NearSide == BodySide.Right) ? "forward" : "back"
        : joint == joint.Mirror() ? right > 0 ? "left" : "right"
        : right > 0 == (joint == BodySide.Left.Of(joint)) ? "out" : "in";
}
