using System.Numerics;
using Spotter.Skeletons;

namespace Spotter.Synthesis.Rendering;

/// <summary>The solids of a body, its clothes and what it lifts, made anew for each moment.</summary>
/// <param name="body">Lengths of the body.</param>
/// <param name="equipment">What is lifted.</param>
/// <param name="besideBody">Whether dumbbells are held along the body's sides, not across.</param>
/// <param name="seated">Whether there is a seat.</param>
/// <param name="palette">The colours.</param>
public sealed class Figure(BodyProportions body, Equipment equipment, bool besideBody, bool seated, Palette palette)
{
    private const float GripAboveWrist = 0.045f;
    private readonly List<RoundCone> solids = [];
    private readonly float size = (float)(body.Stature / 1.73);

    private Vector3 Grip => besideBody ? Vector3.UnitZ : Vector3.UnitX;

    /// <summary>The solids at one moment; valid until the next call.</summary>
    public IReadOnlyList<RoundCone> Build(BodyPose pose)
    {
        solids.Clear();
        AddTrunk(pose);
        AddLeg(pose, Joint.RightHip, -1);
        AddLeg(pose, Joint.LeftHip, 1);
        var rightGrip = AddArm(pose, Joint.RightShoulder, -1);
        var leftGrip = AddArm(pose, Joint.LeftShoulder, 1);
        AddWeights(rightGrip, leftGrip);
        Face.Add(solids, pose, body, palette);
        if (seated)
        {
            AddSeat(pose);
        }

        return solids;
    }

    private void Add(
        Vector3 from, float radiusFrom, Vector3 to, float radiusTo, Vector3 colour, Vector3 flatAxis = default, float flatness = 1, float shine = 0.1f) =>
        solids.Add(new RoundCone(from, radiusFrom * size, to, radiusTo * size, colour, flatAxis, flatness, shine));

    private void AddTrunk(BodyPose pose)
    {
        var hips = (pose[Joint.RightHip] + pose[Joint.LeftHip]) / 2;
        var tall = (float)body.Trunk;
        var broad = (float)body.ShoulderWidth / 0.287f;
        var front = Vector3.Transform(Vector3.UnitZ, pose.Trunk);
        Vector3 In(float x, float y, float z) => hips + Vector3.Transform(new Vector3(x * broad, y * tall, z), pose.Trunk);
        Add(In(0, 0.20f, 0), 0.142f, In(0, 0.65f, 0.004f), 0.158f, palette.Shirt, front, 0.66f);
        foreach (var outward in (ReadOnlySpan<int>)[-1, 1])
        {
            var shoulder = pose[outward < 0 ? Joint.RightShoulder : Joint.LeftShoulder];

            // Shoulders that rise while the arms hang take the muscles beside the neck with them; under raised arms these are bunched already.
            var elbow = pose[outward < 0 ? Joint.RightElbow : Joint.LeftElbow];
            var hanging = Math.Clamp((shoulder.Y - elbow.Y) / (float)body.UpperArm, 0, 1);
            var rise = hanging * (shoulder - In(0.1435f * outward, 1, 0)).Y / tall;
            Add(In(0.035f * outward, 0.92f + rise, -0.012f), 0.060f, shoulder, 0.052f, palette.Shirt);
            Add(In(0.070f * outward, 0.68f, 0.002f), 0.088f, Vector3.Lerp(shoulder, In(0, 0.9f, 0), 0.2f), 0.064f, palette.Shirt, front, 0.9f);
        }

        Add(In(-0.01f, 0.08f, 0), 0.140f, In(0.01f, 0.0f, 0), 0.125f, palette.Trousers, front, 0.72f);
    }

    private void AddLeg(BodyPose pose, Joint hip, int outward)
    {
        var (top, knee, ankle) = (pose[hip], pose[hip + 1], pose[hip + 2]);
        var inner = top - new Vector3(0.02f * outward, 0, 0);
        Add(inner, 0.088f, Vector3.Lerp(top, knee, 0.62f), 0.072f, palette.Trousers);
        Add(Vector3.Lerp(top, knee, 0.5f), 0.062f, knee, 0.050f, palette.Skin);
        var shin = ankle - knee;
        var back = Vector3.Normalize(Vector3.Cross(Vector3.UnitX, shin));
        var calf = Vector3.Lerp(knee, ankle, 0.28f) + (0.014f * (back.Z < 0 ? back : -back));
        Add(knee, 0.048f, calf, 0.052f, palette.Skin);
        Add(calf, 0.052f, ankle, 0.034f, palette.Skin);
        Add(ankle, 0.036f, ankle + new Vector3(0, -0.03f, -0.01f), 0.038f, palette.Shoes);
        var toe = new Vector3(0.02f * outward, -ankle.Y + 0.03f, 0.15f);
        Add(ankle + new Vector3(0, -ankle.Y + 0.04f, -0.04f), 0.042f, ankle + toe, 0.034f, palette.Shoes, Vector3.UnitY, 0.8f);
    }

    private Vector3 AddArm(BodyPose pose, Joint shoulder, int outward)
    {
        var (top, elbow, wrist) = (pose[shoulder], pose[shoulder + 1], pose[shoulder + 2]);
        Add(top, 0.054f, Vector3.Lerp(top, elbow, 0.5f), 0.050f, palette.Shirt);
        Add(Vector3.Lerp(top, elbow, 0.3f), 0.044f, elbow, 0.038f, palette.Skin);
        var belly = Vector3.Lerp(elbow, wrist, 0.3f);
        Add(elbow, 0.038f, belly, 0.041f, palette.Skin);
        Add(belly, 0.041f, Vector3.Lerp(elbow, wrist, 0.92f), 0.027f, palette.Skin);
        var along = Vector3.Normalize(wrist - elbow);
        var grip = wrist + (GripAboveWrist * size * along);
        var thin = Vector3.Normalize(Vector3.Cross(along, Vector3.UnitX));
        Add(Vector3.Lerp(elbow, wrist, 0.92f), 0.026f, grip, 0.038f, palette.Skin, thin, 0.75f);

        // Fingers round the handle, on the side away from the face.
        var across = 0.03f * size * outward * Grip;
        Add(grip - across, 0.021f, grip + across, 0.021f, palette.Skin * 0.96f);
        return grip;
    }

    private void AddWeights(Vector3 right, Vector3 left)
    {
        if (equipment == Equipment.Barbell)
        {
            var across = Vector3.Normalize(left - right);
            var middle = (left + right) / 2;
            var half = 0.5f * across;
            solids.Add(new RoundCone(middle - half, 0.013f, middle + half, 0.013f, palette.Steel, shine: 0.5f));
            foreach (var end in (ReadOnlySpan<float>)[-1, 1])
            {
                // Small weights: from the side, large ones would hide face and wrist.
                solids.Add(new RoundCone(middle + (0.75f * end * half), 0.024f, middle + (0.98f * end * half), 0.024f, palette.Iron, shine: 0.3f));
            }

            return;
        }

        if (equipment == Equipment.CableBar)
        {
            AddCable(right, left);
            return;
        }

        foreach (var grip in (ReadOnlySpan<Vector3>)[right, left])
        {
            var half = 0.085f * Grip;
            solids.Add(new RoundCone(grip - half, 0.014f, grip + half, 0.014f, palette.Steel, shine: 0.5f));
            foreach (var end in (ReadOnlySpan<int>)[-1, 1])
            {
                var at = grip + (end * half);
                solids.Add(new RoundCone(at, 0.05f, at, 0.05f, palette.Iron, Grip, 0.6f, 0.3f));
            }
        }
    }

    private void AddCable(Vector3 right, Vector3 left)
    {
        var middle = (left + right) / 2;
        var half = 0.22f * Vector3.Normalize(left - right);
        solids.Add(new RoundCone(middle - half, 0.014f, middle + half, 0.014f, palette.Steel, shine: 0.5f));

        // The pulley is above the picture; the cable comes down in front of the person.
        var pulley = new Vector3(0, 1.6f * (float)body.Stature, 0.42f * size);
        solids.Add(new RoundCone(middle, 0.006f, pulley, 0.006f, palette.Iron, shine: 0.3f));
    }

    private void AddSeat(BodyPose pose)
    {
        var hips = (pose[Joint.RightHip] + pose[Joint.LeftHip]) / 2;
        var seat = hips with { Y = hips.Y - (0.125f * size) };
        var (left, front) = (new Vector3(0.13f, 0, 0), new Vector3(0, 0, 0.1f));
        foreach (var at in (ReadOnlySpan<Vector3>)[seat - front, seat, seat + front])
        {
            Add(at - left, 0.09f, at + left, 0.09f, palette.Seat, Vector3.UnitY, 0.4f);
        }

        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            Add(seat + (side * left), 0.025f, (seat + (side * left)) with { Y = 0.025f }, 0.025f, palette.Steel);
        }
    }
}
