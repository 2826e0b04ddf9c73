using System.Numerics;
using Spotter.Video;

namespace Spotter.Poses;

/// <summary>BlazePose's landmark network: the region of a person in, 33 landmarks out.</summary>
internal sealed class LandmarkFinder(BlazePoseNetworks networks) : IDisposable
{
    public const int Side = 256;

    private const int BodyCount = 33;
    private const int Count = 39; // with six auxiliary points, of which the first two give the next region
    private const int NumbersPerPoint = 5;
    private const int HeatMapSide = 64;
    private const int HeatMapArea = HeatMapSide * HeatMapSide;
    private const int HeatMapReach = 3; // half of the kernel of 7 × 7
    private const float MinimumHeat = 0.5f;

    private readonly NetworkRun run = new(networks.Landmarks);

    /// <summary>Finds the landmarks of the person in a region. The pixels are read on return; one region at a time.</summary>
    public Task<BodyLandmarks?> FindAsync(YuvPicture picture, RegionOfInterest region)
    {
        RegionSampler.Sample(picture, region, run.Input, Side, 0, 1, Surroundings.Edge);
        return Task.Run<BodyLandmarks?>(() => Read(region));
    }

    public void Dispose() => run.Dispose();

    private static float Sigmoid(float logit) => 1 / (1 + MathF.Exp(-logit));

    private BodyLandmarks Read(RegionOfInterest region)
    {
        run.Execute();
        var points = new BodyLandmark[BodyCount];
        var numbers = run.Output("Identity").AsSpan(); // 39 × 5
        var world = run.Output("Identity_4").AsSpan(); // 39 × 3
        for (var i = 0; i < BodyCount; i++)
        {
            var number = numbers.Slice(i * NumbersPerPoint, NumbersPerPoint);
            var place = world.Slice(i * 3, 3);
            var turned = region.Turn(new Vector2(place[0], place[1]));
            points[i] = new BodyLandmark(
                region.ToPicture(Refined(i)), number[2] / Side * region.Size, Sigmoid(number[3]), Sigmoid(number[4]), new Vector3(turned, place[2]));
        }

        return new BodyLandmarks(points, run.Output("Identity_1")[0], region.ToPicture(Refined(BodyCount)), region.ToPicture(Refined(BodyCount + 1)));
    }

    // The heat map's centre of mass around the regressed place, where the map is sure; 0 to 1 in the region.
    private Vector2 Refined(int point)
    {
        var numbers = run.Output("Identity").AsSpan(point * NumbersPerPoint, 2);
        var place = new Vector2(numbers[0], numbers[1]) / Side;
        var (column, row) = ((int)(place.X * HeatMapSide), (int)(place.Y * HeatMapSide));
        if (place.X < 0 || place.Y < 0 || column >= HeatMapSide || row >= HeatMapSide)
        {
            return place;
        }

        var map = run.Output("Identity_3").AsSpan(point * HeatMapArea, HeatMapArea);
        var (sum, hottest, weighted) = (0f, 0f, Vector2.Zero);
        for (var y = Math.Max(row - HeatMapReach, 0); y <= Math.Min(row + HeatMapReach, HeatMapSide - 1); y++)
        {
            for (var x = Math.Max(column - HeatMapReach, 0); x <= Math.Min(column + HeatMapReach, HeatMapSide - 1); x++)
            {
                var heat = Sigmoid(map[(y * HeatMapSide) + x]);
                sum += heat;
                hottest = MathF.Max(hottest, heat);
                weighted += heat * new Vector2(x, y);
            }
        }

        return hottest >= MinimumHeat && sum > 0 ? weighted / (sum * HeatMapSide) : place;
    }
}
