using System.Numerics;

namespace Spotter.Synthesis.Rendering;

/// <summary>Neck, head, face and hair. The features sit where the joints of the face are, so that an estimator finds them there.</summary>
internal static class Face
{
    /// <summary>Adds the solids of the head.</summary>
    public static void Add(List<RoundCone> solids, BodyPose pose, BodyProportions body, Palette palette)
    {
        // Lengths below are for a trunk of 0.512 m, the average.
        var scale = (float)(body.Stature * 0.296 * body.HeadScale / 0.512);
        var side = Vector3.Transform(Vector3.UnitX, pose.Head);
        Vector3 In(float x, float y, float z) => pose.InHead(new Vector3(x, y, z) * scale);
        void Solid(Vector3 from, float radiusFrom, Vector3 to, float radiusTo, Vector3 colour, float flatness = 1, float shine = 0.1f) =>
            solids.Add(new RoundCone(from, radiusFrom * scale, to, radiusTo * scale, colour, side, flatness, shine));

        Solid(In(0, -0.02f, -0.01f), 0.058f, In(0, 0.12f, 0.022f), 0.052f, palette.Skin);
        Solid(In(0, 0.205f, 0.030f), 0.097f, In(0, 0.205f, 0.030f), 0.097f, palette.Skin, 0.8f);
        Solid(In(0, 0.175f, 0.050f), 0.076f, In(0, 0.098f, 0.080f), 0.044f, palette.Skin, 0.88f);
        Solid(In(0, 0.248f, 0.016f), 0.100f, In(0, 0.200f, -0.004f), 0.100f, palette.Hair, 0.84f);

        Solid(In(0, 0.188f, 0.118f), 0.011f, In(0, 0.160f, 0.129f), 0.015f, palette.Skin * 0.95f);
        Solid(In(-0.017f, 0.121f, 0.1235f), 0.0055f, In(0.017f, 0.121f, 0.1235f), 0.0055f, palette.Lips);
        foreach (var outward in (ReadOnlySpan<int>)[-1, 1])
        {
            var x = 0.030f * outward;
            Solid(In(x - 0.007f, 0.187f, 0.113f), 0.009f, In(x + 0.007f, 0.187f, 0.112f), 0.009f, palette.EyeWhite, shine: 0.3f);
            Solid(In(x, 0.187f, 0.117f), 0.0065f, In(x, 0.187f, 0.117f), 0.0065f, palette.Iris, shine: 0.4f);
            Solid(In(0.016f * outward, 0.208f, 0.125f), 0.005f, In(0.044f * outward, 0.211f, 0.112f), 0.0045f, palette.Hair);
            Solid(In(0.077f * outward, 0.192f, 0.024f), 0.022f, In(0.074f * outward, 0.164f, 0.030f), 0.017f, palette.Skin * 0.93f, 0.5f);
        }
    }
}
