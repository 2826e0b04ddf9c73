using SkiaSharp;
using Spotter.Scoring;
using Spotter.Skeletons;

namespace Spotter.Web.Work;

/// <summary>The part of the picture that a body fills during a repetition, so that stills show the person and not the room.</summary>
internal static class BodyRegion
{
    // In heights of the body: room for hands, weights and head, which lie outside of the joints.
    private const float Room = 0.14f;

    // Narrower pictures look like a slit beside one another.
    private const float NarrowestAspect = 0.75f;

    /// <summary>Finds it.</summary>
    /// <returns>As shares of the picture's width and height; the whole picture where no joint is known.</returns>
    public static SKRect Of(SkeletonSequence skeleton, RepetitionReport repetition)
    {
        var body = SKRect.Empty;
        for (var frame = 0; frame < skeleton.FrameCount; frame++)
        {
            if (skeleton.Timestamps[frame] < repetition.StartSeconds || skeleton.Timestamps[frame] > repetition.EndSeconds)
            {
                continue;
            }

            for (var joint = 0; joint < Skeleton.JointCount; joint++)
            {
                var keypoint = skeleton[frame, (Joint)joint];
                if (!keypoint.IsMissing)
                {
                    var place = SKRect.Create(keypoint.X, keypoint.Y, 1, 1);
                    body = body.IsEmpty ? place : SKRect.Union(body, place);
                }
            }
        }

        if (body.IsEmpty || skeleton.Width <= 0 || skeleton.Height <= 0)
        {
            return new SKRect(0, 0, 1, 1);
        }

        body.Inflate(Room * body.Height, Room * body.Height);
        body.Inflate(Math.Max(0, (NarrowestAspect * body.Height) - body.Width) / 2, 0);
        body.Intersect(new SKRect(0, 0, skeleton.Width, skeleton.Height));
        return new SKRect(body.Left / skeleton.Width, body.Top / skeleton.Height, body.Right / skeleton.Width, body.Bottom / skeleton.Height);
    }

    /// <summary>The region in pixels of a picture.</summary>
    public static SKRectI Pixels(SKRect region, int width, int height) => SKRectI.Intersect(
        SKRectI.Round(new SKRect(region.Left * width, region.Top * height, region.Right * width, region.Bottom * height)), new SKRectI(0, 0, width, height));
}
