using Spotter.Packs;
using Spotter.Skeletons;
using Spotter.Web.Words;

namespace Spotter.Web.Pages;

/// <summary>How to stand for an exercise and where to put the phone, as a drawing of 360 × 190 units: what the phone sees at the left, the floor from above at the right.</summary>
/// <param name="Text">The same in words.</param>
/// <param name="IsFront">Whether the phone may stand in front.</param>
/// <param name="IsSide">Whether the phone may stand at the side.</param>
/// <param name="Body">Path of the body that is seen.</param>
/// <param name="Load">Path of what it holds.</param>
/// <param name="Cable">Path of what is fixed; empty for nothing.</param>
internal sealed record Stand(string Text, bool IsFront, bool IsSide, string Body, string Load, string Cable = "")
{
    private const string FrontLegs = "M88 72v44M88 116l-12 50M88 116l12 50";
    private const string SideLegs = "M86 72v44M86 116l-2 26 1 24h11";

    /// <summary>Picture for any exercise.</summary>
    public static Stand Any => new(PageTexts.Get("stand.either"), true, true, FrontLegs + "M88 78 66 68l4-32M88 78l22-10-4-32", "M44 34h88M49 23v22M43 28v12M127 23v22M133 28v12");

    /// <summary>Picture for an exercise, by the views that its pack knows.</summary>
    /// <param name="exercise">Its name.</param>
    /// <param name="packs">The packs; where there is none for it, any view may turn out well.</param>
    public static Stand Of(string exercise, PackCatalogue packs)
    {
        if (!packs.Names.Contains(exercise, StringComparer.Ordinal))
        {
            return Any;
        }

        var views = packs.Load(exercise).Views;
        var (isFront, isSide) = (views.Any(view => view.View == View.Front), views.Any(view => view.View == View.Side));
        var text = PageTexts.Get(isFront == isSide ? "stand.either" : isFront ? "stand.front" : "stand.side");
        return exercise switch
        {
            "shoulder-press" => Any with { Text = text, IsFront = isFront, IsSide = isSide },
            "bicep-curl" => new Stand(text, isFront, isSide, SideLegs + "M86 78l3 26 22-14", "M104 84l14 12M101 88l6-8M115 100l6-8"),
            "front-raise" => new Stand(text, isFront, isSide, SideLegs + "M86 78l22 2 24-4", "M133 66v20M128 68h10M128 84h10"),
            "shoulder-shrug" => new Stand(text, isFront, isSide, FrontLegs + "M88 76 68 78l-4 42M88 76l20 2 4 42", "M54 124h20M54 119v10M74 119v10M102 124h20M102 119v10M122 119v10M56 66v-16m-4 5 4-5 4 5M120 66v-16m-4 5 4-5 4 5"),
            "triceps-pushdown" => new Stand(text, isFront, isSide, SideLegs + "M86 78l4 28 22 12", "M104 114l16 8", "M112 116 126 16h22v150"),
            _ when isSide && !isFront => new Stand(text, isFront, isSide, SideLegs + "M86 78l4 26 20 4", "M103 109h16M105 104v10M117 104v10"),
            _ => Any with { Text = text, IsFront = isFront, IsSide = isSide },
        };
    }
}
