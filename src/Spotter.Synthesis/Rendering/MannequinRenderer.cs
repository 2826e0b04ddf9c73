using System.Numerics;
using Spotter.Skeletons;

namespace Spotter.Synthesis.Rendering;

/// <summary>
/// Draws the mannequin: each solid is met by the rays of the pixels that may show it, the nearest wins, and pixels on the edge between two
/// solids are drawn again with four rays.
/// </summary>
public sealed class MannequinRenderer
{
    private static readonly Vector3 Light = Vector3.Normalize(new Vector3(-0.45f, 0.75f, -0.65f));
    private static readonly Vector3 Glint = Vector3.Normalize(Light - Vector3.UnitZ);
    private static readonly (float X, float Y)[] SubPixels = [(0.375f, 0.125f), (0.875f, 0.375f), (0.125f, 0.625f), (0.625f, 0.875f)];

    private readonly Camera camera;
    private readonly Figure figure;
    private readonly Vector3[] backdrop;
    private readonly byte[] backdropBytes;
    private readonly float[] depth;
    private readonly short[] owner;
    private readonly List<RoundCone> solids = [];
    private readonly List<Box> boxes = [];

    /// <summary>A renderer for one set seen by its camera.</summary>
    public MannequinRenderer(MannequinSequence set, Palette? palette = null)
    {
        camera = set.Camera;
        palette ??= Palette.Sample(set.Options.Seed);
        figure = new Figure(set.Motion.Body, set.Motion.Equipment, set.Options.Known.HoldsBesideBody, set.Options.Seated, palette);
        backdrop = new Vector3[Width * Height];
        var pose = set.Motion.PoseAt(0);
        var feet = (pose[Joint.RightAnkle] + pose[Joint.LeftAnkle]) / 2;
        Backdrop.Paint(camera, palette, feet with { Y = 0 }, backdrop);
        backdropBytes = new byte[backdrop.Length * 3];
        for (var pixel = 0; pixel < backdrop.Length; pixel++)
        {
            Store(backdrop[pixel], backdropBytes.AsSpan(pixel * 3, 3));
        }

        depth = new float[backdrop.Length];
        owner = new short[backdrop.Length];
    }

    /// <summary>Width of the picture, pixels.</summary>
    public int Width => camera.Width;

    /// <summary>Height of the picture, pixels.</summary>
    public int Height => camera.Height;

    /// <summary>Draws the room without the mannequin.</summary>
    /// <param name="rgb">Height × width × 3 bytes, red first, rows from the top.</param>
    public void RenderRoom(Span<byte> rgb) => backdropBytes.CopyTo(rgb);

    /// <summary>Draws one moment.</summary>
    /// <param name="pose">The body.</param>
    /// <param name="rgb">Height × width × 3 bytes, red first, rows from the top.</param>
    public void Render(BodyPose pose, Span<byte> rgb)
    {
        solids.Clear();
        boxes.Clear();
        foreach (var solid in figure.Build(pose))
        {
            solids.Add(solid.SeenBy(camera));
            boxes.Add(Pixels(solids[^1].Extent()));
        }

        RenderRoom(rgb);
        Array.Fill(depth, float.PositiveInfinity);
        Array.Fill(owner, (short)-1);
        for (var index = 0; index < solids.Count; index++)
        {
            Cover(index);
        }

        var all = Union();
        for (var y = all.Top; y < all.Bottom; y++)
        {
            for (var x = all.Left; x < all.Right; x++)
            {
                var at = (y * Width) + x;
                if (IsEdge(x, y))
                {
                    Store(Smooth(x, y), rgb.Slice(at * 3, 3));
                }
                else if (owner[at] >= 0)
                {
                    Store(Shade(solids[owner[at]], Ray(x + 0.5f, y + 0.5f), depth[at]), rgb.Slice(at * 3, 3));
                }
            }
        }
    }

    private static Vector3 Shade(in RoundCone solid, Vector3 ray, float distance)
    {
        var normal = solid.NormalAt(distance * ray);
        var facing = MathF.Max(-Vector3.Dot(normal, Vector3.Normalize(ray)), 0);
        var diffuse = MathF.Max(Vector3.Dot(normal, Light), 0);
        var sky = 0.5f + (0.5f * normal.Y);
        var gleam = MathF.Max(Vector3.Dot(normal, Glint), 0);
        gleam *= gleam;
        gleam *= gleam;
        gleam *= gleam * gleam;

        // Turned-away surfaces are darker: limbs stand out against the body behind them.
        var light = (0.42f + (0.14f * sky) + (0.52f * diffuse)) * (0.62f + (0.38f * MathF.Sqrt(facing)));
        return (solid.Colour * light) + new Vector3(solid.Shine * gleam);
    }

    private static void Store(Vector3 colour, Span<byte> rgb)
    {
        rgb[0] = (byte)(Math.Clamp(colour.X, 0, 1) * 255.99f);
        rgb[1] = (byte)(Math.Clamp(colour.Y, 0, 1) * 255.99f);
        rgb[2] = (byte)(Math.Clamp(colour.Z, 0, 1) * 255.99f);
    }

    private void Cover(int index)
    {
        var solid = solids[index];
        var box = boxes[index];
        for (var y = box.Top; y < box.Bottom; y++)
        {
            for (var x = box.Left; x < box.Right; x++)
            {
                var at = (y * Width) + x;
                var distance = solid.Meet(Ray(x + 0.5f, y + 0.5f));
                if (distance < depth[at])
                {
                    depth[at] = distance;
                    owner[at] = (short)index;
                }
            }
        }
    }

    // Solids of one colour that run into each other show no edge.
    private bool IsEdge(int x, int y)
    {
        var at = (y * Width) + x;
        return (x > 0 && Differ(at, at - 1)) || (x < Width - 1 && Differ(at, at + 1))
            || (y > 0 && Differ(at, at - Width)) || (y < Height - 1 && Differ(at, at + Width));
    }

    private bool Differ(int one, int other)
    {
        if (owner[one] == owner[other])
        {
            return false;
        }

        return owner[one] < 0 || owner[other] < 0
            || Math.Abs(depth[one] - depth[other]) > 0.008f
            || solids[owner[one]].Colour != solids[owner[other]].Colour;
    }

    private Vector3 Smooth(int x, int y)
    {
        var sum = Vector3.Zero;
        foreach (var (subX, subY) in SubPixels)
        {
            var ray = Ray(x + subX, y + subY);
            var (nearest, winner) = (float.PositiveInfinity, -1);
            for (var index = 0; index < boxes.Count; index++)
            {
                if (!boxes[index].Contains(x, y))
                {
                    continue;
                }

                var distance = solids[index].Meet(ray);
                if (distance < nearest)
                {
                    (nearest, winner) = (distance, index);
                }
            }

            var colour = winner < 0 ? backdrop[(y * Width) + x] : Shade(solids[winner], ray, nearest);
            sum += Vector3.Clamp(colour, Vector3.Zero, Vector3.One);
        }

        return sum / SubPixels.Length;
    }

    private Vector3 Ray(float x, float y) => camera.RayFromCamera(x, y);

    private Box Pixels((float Left, float Right, float Low, float High) extent)
    {
        var (left, top) = camera.Pixel(extent.Left, extent.High);
        var (right, bottom) = camera.Pixel(extent.Right, extent.Low);
        return new Box(
            Math.Clamp((int)MathF.Floor(left) - 1, 0, Width),
            Math.Clamp((int)MathF.Floor(top) - 1, 0, Height),
            Math.Clamp((int)MathF.Ceiling(right) + 1, 0, Width),
            Math.Clamp((int)MathF.Ceiling(bottom) + 1, 0, Height));
    }

    private Box Union() => new(boxes.Min(box => box.Left), boxes.Min(box => box.Top), boxes.Max(box => box.Right), boxes.Max(box => box.Bottom));

    private readonly record struct Box(int Left, int Top, int Right, int Bottom)
    {
        public bool Contains(int x, int y) => x >= Left && x < Right && y >= Top && y < Bottom;
    }
}
