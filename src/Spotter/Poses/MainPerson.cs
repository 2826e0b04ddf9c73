using System.Numerics;
using System.Runtime.InteropServices;
using Spotter.Skeletons;

namespace Spotter.Poses;

/// <summary>Follows the main person through frames that hold several people in any order: the one who is largest for longest.</summary>
internal static class MainPerson
{
    private const int Numbers = Skeleton.JointCount * 3;
    private const int LongestAbsence = 30; // frames after which somebody who comes back counts as somebody else
    private const float LongestStep = 0.5f; // of the body's size, from frame to frame
    private const int MostTracks = 10_000;

    // Smaller ones stand far behind.
    private static readonly float LeastOtherSize = new BlazePoseOptions().MinimumOtherSize;

    /// <summary>Picks one person, or nobody, in each frame.</summary>
    /// <param name="frames">For each frame the people, each 18 × 3 numbers.</param>
    /// <returns>T × 18 × 3 numbers; zeros where nobody was picked.</returns>
    public static float[] Follow(IReadOnlyList<List<float[]>> frames)
    {
        var main = new float[frames.Count * Numbers];
        var taken = new bool[frames.Count];
        foreach (var track in FindTracks(frames).OrderByDescending(track => track.Weight))
        {
            // Somebody else is the main person only while the one before is not there.
            var (from, to) = (track.Frames[0].Frame, track.Frames[^1].Frame);
            if (taken.AsSpan(from, to - from + 1).Contains(true))
            {
                continue;
            }

            taken.AsSpan(from, to - from + 1).Fill(true);
            foreach (var (frame, joints) in track.Frames)
            {
                joints.CopyTo(main.AsSpan(frame * Numbers));
            }
        }

        return main;
    }

    /// <summary>How many people could be meant in each frame: the one who was picked, and others of nearly their size beside them.</summary>
    /// <param name="frames">For each frame the people, each 18 × 3 numbers.</param>
    /// <param name="main">What <see cref="Follow"/> picked.</param>
    public static int[] CountPeople(IReadOnlyList<List<float[]>> frames, float[] main) =>
    [
        .. frames.Select((people, frame) =>
        {
            var picked = Body.Of(main.AsSpan(frame * Numbers, Numbers));

            // What lies inside the body is a part of it that was taken for somebody else.
            return picked.Size == 0 ? 0 : 1 + people.Select(joints => Body.Of(joints)).Count(other => other.Size >= LeastOtherSize * picked.Size && !picked.Holds(other.Center));
        }),
    ];

    private static List<Track> FindTracks(IReadOnlyList<List<float[]>> frames)
    {
        var all = new List<Track>();
        var current = new List<Track>();
        for (var frame = 0; frame < frames.Count; frame++)
        {
            current.RemoveAll(track => frame - track.Frames[^1].Frame > LongestAbsence);
            var people = frames[frame].Select(joints => (Joints: joints, Body: Body.Of(joints))).Where(person => person.Body.Size > 0).ToList();
            var pairs =
                from person in people
                from track in current
                let distance = Vector2.Distance(person.Body.Center, track.Last.Center) / Math.Max(track.Last.Size, person.Body.Size)
                where distance <= LongestStep
                orderby distance
                select (person, track);
            var continued = new HashSet<Track>();
            foreach (var (person, track) in pairs.ToArray())
            {
                if (people.Contains(person) && continued.Add(track))
                {
                    track.Add(frame, person.Joints, person.Body);
                    people.Remove(person);
                }
            }

            foreach (var (joints, body) in people)
            {
                if (all.Count < MostTracks)
                {
                    var track = new Track();
                    track.Add(frame, joints, body);
                    all.Add(track);
                    current.Add(track);
                }
            }
        }

        return all;
    }

    private readonly record struct Body(Vector2 Center, float Size, Vector2 Low, Vector2 High)
    {
        public bool Holds(Vector2 place) => Vector2.Clamp(place, Low, High) == place;

        public static Body Of(ReadOnlySpan<float> joints)
        {
            var (low, high, sum, count) = (new Vector2(float.MaxValue), new Vector2(float.MinValue), Vector2.Zero, 0);
            foreach (var joint in MemoryMarshal.Cast<float, Vector3>(joints))
            {
                if (joint.Z > 0)
                {
                    var place = new Vector2(joint.X, joint.Y);
                    (low, high, sum, count) = (Vector2.Min(low, place), Vector2.Max(high, place), sum + place, count + 1);
                }
            }

            return count < 2 ? default : new Body(sum / count, Vector2.Distance(low, high), low, high);
        }
    }

    private sealed class Track
    {
        public List<(int Frame, float[] Joints)> Frames { get; } = [];

        public Body Last { get; private set; }

        public double Weight { get; private set; }

        public void Add(int frame, float[] joints, Body body)
        {
            Frames.Add((frame, joints));
            Last = body;
            Weight += body.Size;
        }
    }
}
