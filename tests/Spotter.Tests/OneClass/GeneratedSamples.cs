namespace Spotter.Tests.OneClass;

/// <summary>The data of reference/make_one_class_reference.py, repeated number by number.</summary>
internal static class GeneratedSamples
{
    public static double[][] Make(uint seed, int count, int features, int clusters)
    {
        var state = seed;
        double Uniform()
        {
            state = unchecked((1664525 * state) + 1013904223);
            return state / 4294967296.0;
        }

        double[] Row(Func<int, double> value) => [.. Enumerable.Range(0, features).Select(value)];
        double[][] centres = [.. Enumerable.Range(0, clusters).Select(_ => Row(_ => (4 * Uniform()) - 2))];
        return [.. Enumerable.Range(0, count).Select(i => Row(f => centres[i % clusters][f] + Uniform() + Uniform() + Uniform() - 1.5))];
    }
}
