using System.Globalization;
using Spotter.Poses;
using Spotter.Skeletons;

namespace Spotter.Bench.Depth;

/// <summary>
/// What BlazePose's landmarks in space are good for: angles in the picture and in space against the true ones of rendered people, the azimuth by several ways, how much both tremble,
/// and how far the two are apart on clips. The rule for what would ship is in docs/decisions.md.
/// </summary>
internal static class DepthBench
{
    private const int TremblingPeople = 4;
    private static readonly double[] Turns = [0, 15, 30, 45, 60, 75, 90];

    /// <param name="clips">Videos to look at as well.</param>
    /// <param name="people">People of the mannequin.</param>
    /// <param name="seed">Where they come from.</param>
    /// <param name="model">The landmark network.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> clips, int people, int seed, PoseModel model)
    {
        using var networks = BlazePoseNetworks.Load(PoseModels.Default(), model);
        List<DepthTrial> trials = [];
        foreach (var turned in Turns)
        {
            for (var person = 0; person < people; person++)
            {
                if (await DepthTrial.RunAsync(person, turned, seed, networks) is { } trial)
                {
                    trials.Add(trial);
                }
            }

            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{turned}°: {trials.Count} clips so far"));
        }

        if (people > 0)
        {
            PrintAzimuths(trials);
            PrintMeasures(trials);
            await PrintTremblingAsync(Math.Min(people, TremblingPeople), seed, networks);
        }

        await DepthClips.PrintAsync(clips, networks);
        return 0;
    }

    private static void PrintAzimuths(List<DepthTrial> trials)
    {
        string[] ways = ["present: shoulders and hips in space", "picture: widths", "shoulders in space", "hips in space"];
        Header("azimuth: mean error, largest; views named right");
        for (var way = 0; way < ways.Length; way++)
        {
            Row(ways[way], turned =>
            {
                var errors = Of(trials, turned).Select(trial => Math.Abs(Math.IEEERemainder(trial.Azimuths.All[way] - trial.Turned, 360))).ToArray();
                var right = Of(trials, turned).Count(trial => ViewEstimate.FromAzimuth(trial.Azimuths.All[way]).View == trial.View);
                return $"{errors.Average():0.0}, {errors.Max():0}; {right}/{errors.Length}";
            });
        }

        for (var way = 0; way < ways.Length; way++)
        {
            Row($"{ways[way]}: mean, as if all turned right", turned => $"{Of(trials, turned).Average(trial => trial.Azimuths.All[way] * (trial.Turned < 0 ? -1 : 1)):0.0}");
        }
    }

    private static void PrintMeasures(List<DepthTrial> trials)
    {
        foreach (var (title, part) in new (string, Func<Agreement, string>)[]
        {
            ("mean error, picture / space", agreement => $"{agreement.Error:0.0}"),
            ("mean signed error, picture / space", agreement => $"{agreement.Bias:0.0}"),
            ("mean error less its mean, picture / space", agreement => $"{agreement.Scatter:0.0}"),
            ("correlation over people, picture / space", agreement => $"{agreement.Correlation:0.00}"),
        })
        {
            var isCorrelation = title.StartsWith("correlation", StringComparison.Ordinal);
            Header(title);
            for (var index = 0; index < DepthMeasure.All.Count; index++)
            {
                var measure = DepthMeasure.All[index];
                Row(measure.Name, turned =>
                {
                    var values = Of(trials, turned).Select(trial => trial.Values[index]).ToArray();
                    var picture = Agreement.Of(values.Select(value => (value.Picture, value.Truth)));
                    var space = Agreement.Of(values.Select(value => (value.Space, value.Truth)));
                    return $"{(double.IsNaN(picture.Error) || (!isCorrelation && !measure.PictureIsAngle) ? "–" : part(picture))} / {part(space)}";
                });
            }

            Row("elbow, frame by frame", turned => string.Join(" / ", new Func<DepthTrial, Agreement>[] { trial => trial.PictureElbow, trial => trial.SpaceElbow }.Select(way =>
            {
                var over = Of(trials, turned).Select(way).Where(agreement => !double.IsNaN(agreement.Error)).ToArray();
                return part(new Agreement(over.Average(one => one.Error), over.Average(one => one.Bias), over.Average(one => one.Scatter), over.Average(one => one.Correlation)));
            })));
        }

        Header("truth over people: mean ± standard deviation");
        for (var index = 0; index < DepthMeasure.All.Count; index++)
        {
            Row(DepthMeasure.All[index].Name, turned =>
            {
                var truths = Of(trials, turned).Select(trial => trial.Values[index].Truth).ToArray();
                var mean = truths.Average();
                return $"{mean:0} ± {Math.Sqrt(truths.Average(truth => (truth - mean) * (truth - mean))):0}";
            });
        }
    }

    private static async Task PrintTremblingAsync(int people, int seed, BlazePoseNetworks networks)
    {
        string[] names = ["wrist in the picture, mm", "wrist in space, across the picture, mm", "wrist in space, in depth, mm", "elbow in the picture, degrees", "elbow in space, degrees", "azimuth of one frame, degrees"];
        Dictionary<double, (double[] Raw, double[] Smooth)> all = [];
        foreach (var turned in Turns)
        {
            List<double[]> raw = [], smooth = [];
            for (var person = 0; person < people; person++)
            {
                raw.Add(await DepthTrial.TrembleAsync(person, turned, seed, smoothing: false, networks));
                smooth.Add(await DepthTrial.TrembleAsync(person, turned, seed, smoothing: true, networks));
            }

            all[turned] = (Mean(raw), Mean(smooth));
        }

        Header("trembling, before / after smoothing");
        for (var index = 0; index < names.Length; index++)
        {
            Row(names[index], turned => $"{all[turned].Raw[index]:0.0} / {all[turned].Smooth[index]:0.0}");
        }

        double[] Mean(List<double[]> values) => [.. Enumerable.Range(0, names.Length).Select(index => values.Average(one => one[index]))];
    }

    private static IEnumerable<DepthTrial> Of(List<DepthTrial> trials, double turned) => trials.Where(trial => Math.Abs(trial.Turned) == turned);

    private static void Header(string title)
    {
        Console.WriteLine($"\n| {title} | " + string.Join(" | ", Turns.Select(turned => turned.ToString(CultureInfo.InvariantCulture) + "°")) + " |");
        Console.WriteLine("|---|" + string.Concat(Turns.Select(_ => "---|")));
    }

    private static void Row(string name, Func<double, FormattableString> cell) => Row(name, turned => FormattableString.Invariant(cell(turned)));

    private static void Row(string name, Func<double, string> cell) => Console.WriteLine($"| {name} | " + string.Join(" | ", Turns.Select(cell)) + " |");
}
