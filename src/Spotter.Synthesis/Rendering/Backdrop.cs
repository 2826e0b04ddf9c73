using System.Numerics;

namespace Spotter.Synthesis.Rendering;

/// <summary>A plain room: a wall across the line of sight, a floor, and a soft shadow under the figure. Drawn once for a camera.</summary>
internal static class Backdrop
{
    private const float WallBehind = 1.3f;
    private const float BoardHeight = 0.09f;

    /// <summary>Paints the room.</summary>
    /// <param name="camera">From where it is seen.</param>
    /// <param name="palette">The colours.</param>
    /// <param name="feet">Middle of the shadow on the floor.</param>
    /// <param name="picture">Width × height pixels as red, green and blue, 0 to 1.</param>
    public static void Paint(Camera camera, Palette palette, Vector3 feet, Span<Vector3> picture)
    {
        var wallDistance = camera.ToCamera(feet).Z + WallBehind;
        for (var y = 0; y < camera.Height; y++)
        {
            for (var x = 0; x < camera.Width; x++)
            {
                var ray = camera.Ray(x + 0.5f, y + 0.5f);
                var floorDistance = ray.Y < -1e-6f ? -camera.Position.Y / ray.Y : float.PositiveInfinity;
                picture[(y * camera.Width) + x] = floorDistance < wallDistance
                    ? Floor(palette, camera.Position + (floorDistance * ray) - feet)
                    : Wall(palette, camera.Position.Y + (wallDistance * ray.Y));
            }
        }
    }

    private static Vector3 Wall(Palette palette, float height)
    {
        var light = 0.96f + (0.05f * Math.Clamp(height / 2.4f, 0, 1));
        return height < BoardHeight ? palette.Wall * 0.82f : palette.Wall * light;
    }

    private static Vector3 Floor(Palette palette, Vector3 fromFeet)
    {
        var reach = ((fromFeet.X * fromFeet.X) / 0.16f) + (((fromFeet.Z - 0.05f) * (fromFeet.Z - 0.05f)) / 0.09f);
        var shadow = 0.38f * MathF.Exp(-reach);
        var fade = 1 - (0.035f * MathF.Min(fromFeet.Length(), 3));
        return palette.Floor * (fade * (1 - shadow));
    }
}
