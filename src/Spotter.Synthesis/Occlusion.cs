using System.Numerics;
using Spotter.Skeletons;

namespace Spotter.Synthesis;

/// <summary>Which joints the body itself hides from the camera.</summary>
internal static class Occlusion
{
    private const float LimbRadius = 0.045f;
    private const float TrunkRadius = 0.12f;
    private const float HeadRadius = 0.09f;

    private static readonly (Joint From, Joint To)[] Limbs =
    [
        (Joint.RightShoulder, Joint.RightElbow), (Joint.RightElbow, Joint.RightWrist),
        (Joint.LeftShoulder, Joint.LeftElbow), (Joint.LeftElbow, Joint.LeftWrist),
        (Joint.RightHip, Joint.RightKnee), (Joint.RightKnee, Joint.RightAnkle),
        (Joint.LeftHip, Joint.LeftKnee), (Joint.LeftKnee, Joint.LeftAnkle),
    ];

    /// <summary>Whether a joint lies behind another part of the body as seen from a place.</summary>
    public static bool Hides(BodyPose pose, Joint joint, Vector3 camera)
    {
        if (joint is Joint.Neck)
        {
            // Estimators infer it from the shoulders.
            return false;
        }

        var at = pose[joint];
        var headCentre = (pose[Joint.RightEar] + pose[Joint.LeftEar]) / 2;
        if (joint is Joint.Nose or Joint.RightEye or Joint.LeftEye or Joint.RightEar or Joint.LeftEar)
        {
            // A part of the face is hidden when the head turns it away.
            return Vector3.Dot(Vector3.Normalize(at - headCentre), Vector3.Normalize(camera - at)) < -0.15f;
        }

        // From just outside the joint's own flesh, so that a limb does not hide its own joint.
        var start = at + (0.06f * Vector3.Normalize(camera - at));
        if (Distance(start, camera, headCentre, headCentre) < HeadRadius)
        {
            return true;
        }

        // The trunk's axis ends inside the shoulders and hips, which lie on its surface.
        var hips = (pose[Joint.RightHip] + pose[Joint.LeftHip]) / 2;
        if (Distance(start, camera, hips, Vector3.Lerp(hips, pose.ShoulderLine, 0.9f)) < TrunkRadius * (IsTrunk(joint) ? 0.6f : 1))
        {
            return true;
        }

        foreach (var (from, to) in Limbs)
        {
            if (from != joint && to != joint && Distance(start, camera, pose[from], pose[to]) < LimbRadius)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsTrunk(Joint joint) => joint is Joint.RightShoulder or Joint.LeftShoulder or Joint.RightHip or Joint.LeftHip;

    // Closest approach of two line pieces (Ericson, Real-Time Collision Detection, 5.1.9).
    private static float Distance(Vector3 p1, Vector3 q1, Vector3 p2, Vector3 q2)
    {
        var (d1, d2, r) = (q1 - p1, q2 - p2, p1 - p2);
        var (a, e, f) = (d1.LengthSquared(), d2.LengthSquared(), Vector3.Dot(d2, r));
        var c = Vector3.Dot(d1, r);
        if (e < 1e-12f)
        {
            return Vector3.Distance(p1 + (Math.Clamp(-c / a, 0, 1) * d1), p2);
        }

        var b = Vector3.Dot(d1, d2);
        var denominator = (a * e) - (b * b);
        var s = denominator > 1e-9f ? Math.Clamp(((b * f) - (c * e)) / denominator, 0, 1) : 0;
        var t = Math.Clamp(((b * s) + f) / e, 0, 1);
        s = Math.Clamp(((b * t) - c) / a, 0, 1);
        return Vector3.Distance(p1 + (s * d1), p2 + (t * d2));
    }
}
