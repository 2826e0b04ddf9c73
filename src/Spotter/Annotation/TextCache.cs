namespace Spotter.Annotation;

/// <summary>The texts of a clip, each laid out once: a report has few, and they stay for many frames.</summary>
internal sealed class TextCache : IDisposable
{
    private readonly Dictionary<(string Text, float Size, FontWeight Weight, float Width, int Lines), TextLayout> layouts = [];

    /// <summary>The laid out text; it belongs to the cache.</summary>
    public TextLayout this[string text, float size, FontWeight weight, float maximumWidth = float.PositiveInfinity, int maximumLines = int.MaxValue]
    {
        get
        {
            var key = (text, size, weight, maximumWidth, maximumLines);
            if (!layouts.TryGetValue(key, out var layout))
            {
                layout = new TextLayout(text, size, weight, maximumWidth, maximumLines);
                layouts.Add(key, layout);
            }

            return layout;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var layout in layouts.Values)
        {
            layout.Dispose();
        }

        layouts.Clear();
    }
}
