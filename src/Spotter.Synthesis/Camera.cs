using System.Numerics;

namespace Spotter.Synthesis;

/// <summary>A pinhole camera: straight lines stay straight and things twice as far look half as large.</summary>
public sealed class Camera
{
    private readonly Vector3 right;
    private readonly Vector3 up;
    private readonly Vector3 forward;
    private readonly float shift;

    /// <summary>A camera that looks at a point.</summary>
    /// <param name="target">The point in the middle of the picture, metres.</param>
    /// <param name="distance">Metres from the camera to that point.</param>
    /// <param name="placement">From where it looks, and its lens.</param>
    /// <param name="width">Width of the picture, pixels.</param>
    /// <param name="height">Height of the picture, pixels.</param>
    public Camera(Vector3 target, double distance, CameraPlacement placement, int width, int height)
    {
        var (sinAzimuth, cosAzimuth) = Math.SinCos(double.DegreesToRadians(placement.Azimuth));
        var (sinElevation, cosElevation) = Math.SinCos(double.DegreesToRadians(placement.Elevation));
        forward = -new Vector3((float)(-sinAzimuth * cosElevation), (float)sinElevation, (float)(cosAzimuth * cosElevation));
        var level = Vector3.Normalize(Vector3.Cross(forward, Vector3.UnitY));
        var upright = Vector3.Cross(level, forward);
        var (sinRoll, cosRoll) = Math.SinCos(double.DegreesToRadians(placement.Roll));
        right = ((float)cosRoll * level) + ((float)sinRoll * upright);
        up = ((float)cosRoll * upright) - ((float)sinRoll * level);
        Position = target - ((float)distance * forward);
        FocalPixels = (float)(placement.FocalLength * Math.Max(width, height));
        shift = (float)(placement.ShiftX * width);
        Width = width;
        Height = height;
    }

    /// <summary>Where the camera is, metres.</summary>
    public Vector3 Position { get; }

    /// <summary>Focal length in pixels.</summary>
    public float FocalPixels { get; }

    /// <summary>Width of the picture, pixels.</summary>
    public int Width { get; }

    /// <summary>Height of the picture, pixels.</summary>
    public int Height { get; }

    /// <summary>A camera that sees a person as far as the hands get, as closely as the placement says.</summary>
    public static Camera Frame(SetMotion motion, MannequinOptions options)
    {
        var placement = options.Camera;
        var body = motion.Body;
        var hips = options.Seated ? body.AnkleHeight + body.Shank : body.AnkleHeight + body.Shank + body.Thigh;
        var known = options.Known;
        var reach = known.GoesOverhead ? hips + (body.Trunk * 1.06) + body.UpperArm + body.Forearm + 0.22 : body.Stature + 0.12;
        var lowest = placement.Framing == Framing.FullBody ? -0.08 : hips - (0.6 * body.Trunk);
        var turned = Math.Abs(Math.Sin(double.DegreesToRadians(placement.Azimuth)));
        var halfWidth = double.Lerp(motion.Equipment == Equipment.Barbell ? 0.72 : 0.62, options.Seated || known.KeepsArmsStraight ? 0.75 : 0.55, turned);
        var focal = placement.FocalLength * Math.Max(options.Width, options.Height);
        var distance = Math.Max((reach - lowest) / 2 * focal / (options.Height / 2.0), halfWidth * focal / (options.Width / 2.0));
        var target = new Vector3(0, (float)((reach + lowest) / 2), 0);

        // 0.3 m: what is nearer to the camera than the middle of the body looks larger and must fit as well.
        return new Camera(target, (placement.Room * distance) + 0.3, placement, options.Width, options.Height);
    }

    /// <summary>Where a point is seen: pixels from the left and from the top.</summary>
    public Vector2 Project(Vector3 point)
    {
        var seen = ToCamera(point);
        return new Vector2(
            (Width / 2f) + shift + (FocalPixels * seen.X / seen.Z),
            (Height / 2f) - (FocalPixels * seen.Y / seen.Z));
    }

    /// <summary>A point from the camera's place: metres to the right, up, and away from it.</summary>
    public Vector3 ToCamera(Vector3 point)
    {
        var from = point - Position;
        return new Vector3(Vector3.Dot(from, right), Vector3.Dot(from, up), Vector3.Dot(from, forward));
    }

    /// <summary>The ray through a pixel as the camera sees it: right, up and one metre away.</summary>
    public Vector3 RayFromCamera(float x, float y) => new((x - (Width / 2f) - shift) / FocalPixels, ((Height / 2f) - y) / FocalPixels, 1);

    /// <summary>The pixel of a ray: the opposite of <see cref="RayFromCamera"/>.</summary>
    public (float X, float Y) Pixel(float right, float up) => ((Width / 2f) + shift + (FocalPixels * right), (Height / 2f) - (FocalPixels * up));

    /// <summary>The direction in space of the ray through a pixel; its length is such that one step goes one metre away from the camera.</summary>
    public Vector3 Ray(float x, float y)
    {
        var ray = RayFromCamera(x, y);
        return forward + (ray.X * right) + (ray.Y * up);
    }
}
