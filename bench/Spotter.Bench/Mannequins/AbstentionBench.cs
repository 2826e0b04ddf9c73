using System.Globalization;
using System.Numerics;
using Spotter.Packs;
using Spotter.Poses;
using Spotter.Scoring;
using Spotter.Skeletons;
using Spotter.Synthesis;
using Spotter.Video;

namespace Spotter.Bench.Mannequins;

/// <summary>For each code of cannot-judge, sets of the mannequin that must get it and sets just short of it that must not, and how many do.</summary>
internal static class AbstentionBench
{
    private const int People = 20;

    private sealed record Case(string Code, string What, bool Must, Func<int, PoseTrack> Track);

    public static int Run(string packs)
    {
        using var checker = new FormChecker(new PackCatalogue(packs));
        Case[] cases =
        [
            .. Pair(ReasonCodes.NoPerson, "nobody in 70 % of the frames", "in 25 %", Hidden(0.7), Hidden(0.25)),
            .. Pair(ReasonCodes.SeveralPeople, "a second person in 60 % of the frames", "in 20 %", Several(0.6), Several(0.2)),
            .. Pair(ReasonCodes.PersonTooSmall, "a torso of 24 pixels", "of 40 pixels", Sized(24), Sized(40)),
            .. Pair(ReasonCodes.OutOfFrame, "hands above the picture at the top", "feet below the picture", Cropped(0.2, 0), Cropped(0, 0.25)),
            .. Pair(ReasonCodes.JointsHidden, "near wrist and elbow lost in half of the frames", "in a tenth", Lost(0.5), Lost(0.1)),
            .. Pair(ReasonCodes.UnsupportedView, "filmed from 36 to 48 degrees", "from 0 to 18, and 66 to 90", Seen(person => 36 + (12.0 * person / People)), Seen(person => person % 2 == 0 ? 18.0 * person / People : 66 + (24.0 * person / People))),
            .. Pair(ReasonCodes.NoCompleteRepetition, "ends on the way up", "ends after the first repetition", Ended(0.3), Ended(1.15)),
            .. Pair(ReasonCodes.MovementsTooSmall, "hands go 0.13 of the way up, three times", "0.5 of the way", Turned(0.13), Turned(0.5)),
            .. Pair(ReasonCodes.TooShort, "0.8 seconds", "one repetition", Lasting(0.8), Ended(1.15)),
            .. Pair(ReasonCodes.FrameRateTooLow, "10 frames a second", "15 frames a second", Every(3), Every(2)),
            .. Pair(ReasonCodes.NotThisExercise, "hands stay below the shoulders", "a bad press: short, leaning, elbows low", Upside, Bad),
            .. Pair(ReasonCodes.CameraMoves, "background goes 0.08 in a second, or 0.15 in all", "0.04 in a second, 0.08 in all", Shaken(0.08, 0.15), Shaken(0.04, 0.08)),
        ];
        Console.WriteLine("| code | must | got it | others got | must not | got it | got any code |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var pair in cases.Chunk(2))
        {
            var (must, mustNot) = (Codes(checker, pair[0]), Codes(checker, pair[1]));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| `{pair[0].Code}` | {pair[0].What} | {must.Count(codes => codes.Contains(pair[0].Code))} of {People} | {Others([.. must.Where(codes => !codes.Contains(pair[0].Code))])} | {pair[1].What} | {mustNot.Count(codes => codes.Contains(pair[0].Code))} of {People} | {Others(mustNot)} |"));
        }

        return 0;
    }

    private static Case[] Pair(string code, string must, string mustNot, Func<int, PoseTrack> first, Func<int, PoseTrack> second) =>
        [new Case(code, must, true, first), new Case(code, mustNot, false, second)];

    // Of the clip or of one of its repetitions.
    private static string[][] Codes(FormChecker checker, Case one) =>
    [
        .. from person in Enumerable.Range(0, People)
           let report = checker.Judge(one.Track(person), new CheckOptions { Exercise = MannequinOptions.ShoulderPress })
           select report.Reasons.Concat(report.Repetitions.SelectMany(repetition => repetition.Reasons)).Select(reason => reason.Code).Distinct().ToArray(),
    ];

    private static string Others(string[][] codes) => codes.Count(list => list.Length > 0) is var any and > 0
        ? $"{any}: {string.Join(", ", codes.SelectMany(list => list).Distinct())}"
        : "0";

    private static View ViewOf(int person) => person % 2 == 0 ? View.Front : View.Side;

    private static MannequinOptions Options(int person) => new MannequinPeople(ViewOf(person), EstimatorNoise.BlazePose, 5).Options(person);

    private static MannequinSequence Set(int person) => Mannequin.Synthesize(Options(person));

    private static Func<int, PoseTrack> Hidden(double share) => person => Changed(Set(person).Sequence, (frame, _, keypoint) => Drawn(frame, person) < share ? Keypoint.Missing : keypoint);

    private static Func<int, PoseTrack> Several(double share) => person =>
    {
        var sequence = Set(person).Sequence;
        return PoseTrack.FromKeypoints(sequence) with { People = [.. Enumerable.Range(0, sequence.FrameCount).Select(frame => (frame + (7 * person)) % 30 < 30 * share ? 2 : 1)] };
    };

    // Five pictures a second, as a clip gives them.
    private static Func<int, PoseTrack> Shaken(double perSecond, double inAll) => person =>
    {
        const double Interval = 0.2;
        var sequence = Set(person).Sequence;
        var (step, way) = person % 4 < 2 ? (perSecond * Interval, 0.0) : (0.0, inAll);
        var seconds = sequence.Timestamps[^1];
        var count = (int)(seconds / Interval) + 1;
        return PoseTrack.FromKeypoints(sequence) with
        {
            Camera = new CameraTrack([.. Enumerable.Range(0, count).Select(i =>
                new CameraSample(i * Interval, Matrix3x2.CreateTranslation((float)((i % 2 * step) + (way * i * Interval / seconds)), 0)))]),
        };
    };

    private static Func<int, PoseTrack> Sized(double torso) => person =>
    {
        var sequence = Set(person).Sequence;
        BodyFrame.TryMeasure(sequence, 0, sequence.FrameCount, out var body);
        var factor = (float)(torso / body.Torso);
        return Changed(sequence, (_, _, keypoint) => keypoint.IsMissing ? keypoint : new Keypoint(keypoint.X * factor, keypoint.Y * factor, keypoint.Confidence));
    };

    /// <summary>Loses what is in the uppermost and lowest part of where the body reaches, as behind the picture's edge.</summary>
    private static Func<int, PoseTrack> Cropped(double above, double below) => person =>
    {
        var sequence = Set(person).Sequence;
        var heights = Enumerable.Range(0, sequence.FrameCount).SelectMany(frame => Enum.GetValues<Joint>().Select(joint => sequence[frame, joint])).Where(keypoint => !keypoint.IsMissing).Select(keypoint => keypoint.Y).ToArray();
        var (top, bottom) = (heights.Min(), heights.Max());
        var (from, to) = (top + (above * (bottom - top)), bottom - (below * (bottom - top)));
        var cut = Changed(sequence, (_, _, keypoint) => keypoint.IsMissing || keypoint.Y < from || keypoint.Y > to ? Keypoint.Missing : new Keypoint(keypoint.X, (float)(keypoint.Y - from), keypoint.Confidence));
        return PoseTrack.FromKeypoints(new SkeletonSequence(cut.Skeleton.Keypoints.ToArray(), sequence.Timestamps.ToArray(), sequence.Width, (int)(to - from)));
    };

    // BlazePose gives what it cannot see a place, and is hardly sure of it.
    private static Func<int, PoseTrack> Lost(double share) => person =>
    {
        var set = Set(person);
        var near = set.Options.Camera.Azimuth >= 0 ? BodySide.Right : BodySide.Left;
        return Changed(set.Sequence, (frame, joint, keypoint) =>
            (joint == near.Of(Joint.RightWrist) || joint == near.Of(Joint.RightElbow)) && Drawn(frame / 4, person) < share ? keypoint with { Confidence = 0.02f } : keypoint);
    };

    private static Func<int, PoseTrack> Seen(Func<int, double> azimuth) => person =>
        PoseTrack.FromKeypoints(Mannequin.Synthesize(Options(person) with { Camera = Options(person).Camera with { Azimuth = azimuth(person) } }).Sequence);

    private static Func<int, PoseTrack> Ended(double repetitions) => person =>
    {
        var set = Set(person);
        var (start, end) = (set.RepetitionTimes[0].StartSeconds, set.RepetitionTimes[0].EndSeconds);
        return PoseTrack.FromKeypoints(Until(set.Sequence, start + (repetitions * (end - start))));
    };

    private static Func<int, PoseTrack> Lasting(double seconds) => person => PoseTrack.FromKeypoints(Until(Set(person).Sequence, seconds));

    /// <summary>Turns back as soon as the hands have come so far on their way up, the same frames there and back, with a rest of half a second before each.</summary>
    private static Func<int, PoseTrack> Turned(double share) => person =>
    {
        var set = Set(person);
        var (sequence, frames) = (set.Sequence, new List<int>());
        foreach (var times in set.RepetitionTimes)
        {
            int[] there = [.. Enumerable.Range(0, sequence.FrameCount).Where(frame => sequence.Timestamps[frame] >= times.StartSeconds && sequence.Timestamps[frame] <= times.TurnSeconds)];
            double[] heights = Array.ConvertAll(there, Height);
            var end = heights.Min() + (share * (heights.Max() - heights.Min()));
            int[] way = [.. there.Take(Array.FindIndex(heights, height => height >= end) + 1)];
            frames.AddRange([.. Enumerable.Repeat(way[0], 15), .. way, .. way.Reverse()]);
        }

        return PoseTrack.FromKeypoints(SkeletonSequence.AtConstantRate(Taken(sequence, frames), 30));

        // Of the hands above the shoulders, pixels.
        double Height(int frame) => new[] { Joint.RightWrist, Joint.LeftWrist }.Select(joint => sequence[frame, joint]).Where(wrist => !wrist.IsMissing)
            .Select(wrist => sequence[frame, Joint.Neck].Y - wrist.Y).DefaultIfEmpty(0).Average();
    };

    private static float[] Taken(SkeletonSequence sequence, IReadOnlyList<int> frames)
    {
        const int FrameSize = Skeleton.JointCount * 3;
        return [.. frames.SelectMany(frame => sequence.Keypoints.Slice(frame * FrameSize, FrameSize).ToArray())];
    }

    private static Func<int, PoseTrack> Every(int step) => person =>
    {
        var sequence = Set(person).Sequence;
        int[] kept = [.. Enumerable.Range(0, sequence.FrameCount).Where(frame => frame % step == 0)];
        return PoseTrack.FromKeypoints(new SkeletonSequence(Taken(sequence, kept), [.. kept.Select(frame => sequence.Timestamps[frame])], sequence.Width, sequence.Height));
    };

    // The arms hang and go down where they should go up: another movement of the same rhythm.
    private static PoseTrack Upside(int person)
    {
        var sequence = Set(person).Sequence;
        return Changed(sequence, (frame, joint, keypoint) =>
        {
            if (keypoint.IsMissing || joint is not (Joint.RightElbow or Joint.RightWrist or Joint.LeftElbow or Joint.LeftWrist))
            {
                return keypoint;
            }

            var shoulder = sequence[frame, joint is Joint.RightElbow or Joint.RightWrist ? Joint.RightShoulder : Joint.LeftShoulder];
            return shoulder.IsMissing ? keypoint : new Keypoint(keypoint.X, shoulder.Y + Math.Abs(shoulder.Y - keypoint.Y), keypoint.Confidence);
        });
    }

    private static PoseTrack Bad(int person) => PoseTrack.FromKeypoints(Mannequin.Synthesize(Options(person) with
    {
        Faults = [new Fault(FaultKind.NoLockout, 40), new Fault(FaultKind.LeanBack, 18), new Fault(FaultKind.ElbowsLow, 25)],
    }).Sequence);

    private static SkeletonSequence Until(SkeletonSequence sequence, double seconds)
    {
        var frames = Enumerable.Range(0, sequence.FrameCount).Count(frame => sequence.Timestamps[frame] <= seconds);
        return sequence.Slice(0, frames);
    }

    private static PoseTrack Changed(SkeletonSequence sequence, Func<int, Joint, Keypoint, Keypoint> change)
    {
        var keypoints = new float[sequence.FrameCount * Skeleton.JointCount * 3];
        for (var frame = 0; frame < sequence.FrameCount; frame++)
        {
            foreach (var joint in Enum.GetValues<Joint>())
            {
                var keypoint = change(frame, joint, sequence[frame, joint]);
                var at = ((frame * Skeleton.JointCount) + (int)joint) * 3;
                (keypoints[at], keypoints[at + 1], keypoints[at + 2]) = keypoint.IsMissing ? (0, 0, 0) : (keypoint.X, keypoint.Y, keypoint.Confidence);
            }
        }

        return PoseTrack.FromKeypoints(new SkeletonSequence(keypoints, sequence.Timestamps.ToArray(), sequence.Width, sequence.Height));
    }

    // The same share at the same place in every run.
    private static double Drawn(int frame, int person) => SeededRandom.For((person * 100_003) + frame, "abstention").Uniform();
}
