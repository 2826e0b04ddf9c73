using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Spotter.Skeletons;
using Spotter.Video;

namespace Spotter.Poses;

/// <summary>
/// Keypoints as OpenPose writes them with <c>--write_json</c>: a folder with one file for each frame, named <c>…_000000000012_keypoints.json</c>, in
/// the COCO (18 joints) or BODY_25 layout. Where there are several people, the main one is followed, and the others are counted.
/// </summary>
public static partial class OpenPoseJson
{
    private const int LargestFile = 8 << 20; // bytes
    private const int MostPeople = 200;
    private const int LargestGap = 100_000; // frame numbers without a file
    private const float LargestCoordinate = 1e6f;

    // By joint, the place in BODY_25; the layouts agree up to the left wrist, then BODY_25 has the middle of the hips.
    private static readonly int[] Body25 = [0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18];

    /// <summary>Reads a folder. Frame numbers without a file become frames without a person.</summary>
    /// <param name="folder">The folder; other files in it are ignored.</param>
    /// <param name="framesPerSecond">The rate of the frames, which the files do not hold.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="VideoFormatException">No such folder, or files that are something else; the message says what and where.</exception>
    public static PoseTrack Read(string folder, double framesPerSecond = 30, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(framesPerSecond);
        try
        {
            var files = FindFiles(folder);
            var frames = new List<List<float[]>>();
            foreach (var (number, path) in files)
            {
                cancellationToken.ThrowIfCancellationRequested();
                while (frames.Count < number - files[0].Number)
                {
                    frames.Add([]);
                }

                frames.Add(ReadFrame(path));
            }

            var main = MainPerson.Follow(frames);
            return PoseTrack.FromKeypoints(SkeletonSequence.AtConstantRate(main, framesPerSecond)) with { People = MainPerson.CountPeople(frames, main) };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VideoFormatException($"The keypoints in {folder} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Reads the people of one frame.</summary>
    /// <param name="json">Content of a file.</param>
    /// <param name="name">What messages call the file.</param>
    /// <returns>For each person 18 × 3 numbers.</returns>
    /// <exception cref="VideoFormatException">Something else than OpenPose writes.</exception>
    public static List<float[]> ParseFrame(ReadOnlyMemory<byte> json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var people = new List<float[]>();
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("people", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MostPeople)
            {
                throw new VideoFormatException($"{name} is not an OpenPose file: it has no list of people.");
            }

            foreach (var person in list.EnumerateArray())
            {
                if (person.ValueKind != JsonValueKind.Object
                    || !(person.TryGetProperty("pose_keypoints_2d", out var numbers) || person.TryGetProperty("pose_keypoints", out numbers))
                    || numbers.ValueKind != JsonValueKind.Array)
                {
                    throw new VideoFormatException($"{name} is not an OpenPose file: a person has no pose_keypoints_2d.");
                }

                people.Add(ToJoints(numbers, name));
            }

            return people;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new VideoFormatException($"{name} is not an OpenPose file, or is damaged: {error.Message}", error);
        }
    }

    private static (int Number, string Path)[] FindFiles(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new VideoFormatException($"{folder} is not a folder.");
        }

        var found = Directory.EnumerateFiles(folder, "*_keypoints.json")
            .Select(path => (Match: NamePattern().Match(Path.GetFileName(path)), Path: path))
            .Where(file => file.Match.Success)
            .Select(file => (Clip: file.Match.Groups["clip"].Value, Number: int.Parse(file.Match.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture), file.Path))
            .OrderBy(file => file.Number)
            .ToArray();
        if (found.Length == 0)
        {
            throw new VideoFormatException($"{folder} holds no OpenPose files (CLIP_000000000012_keypoints.json, one for each frame). For a video, name its file; for keypoints, run OpenPose with --write_json.");
        }

        if (found.Select(file => file.Clip).Distinct(StringComparer.Ordinal).Count() > 1)
        {
            throw new VideoFormatException($"{folder} holds the keypoints of several clips; put each into a folder of its own.");
        }

        for (var i = 1; i < found.Length; i++)
        {
            var step = found[i].Number - found[i - 1].Number;
            if (step == 0 || step > LargestGap || found[i].Number - found[0].Number >= NpyFile.MaximumFrames)
            {
                throw new VideoFormatException($"The frame numbers in {folder} do not follow each other: {found[i - 1].Number} is followed by {found[i].Number}.");
            }
        }

        return Array.ConvertAll(found, file => (file.Number, file.Path));
    }

    private static List<float[]> ReadFrame(string path)
    {
        if (new FileInfo(path).Length > LargestFile)
        {
            throw new VideoFormatException($"{Path.GetFileName(path)} is too large for the keypoints of one frame.");
        }

        return ParseFrame(File.ReadAllBytes(path), Path.GetFileName(path));
    }

    private static float[] ToJoints(JsonElement numbers, string name)
    {
        var length = numbers.GetArrayLength();
        if (length is not (54 or 75))
        {
            throw new VideoFormatException($"{name} has {length} numbers for a person; COCO has 18 × 3 and BODY_25 has 25 × 3.");
        }

        var values = new float[length];
        var at = 0;
        foreach (var number in numbers.EnumerateArray())
        {
            values[at++] = number.ValueKind == JsonValueKind.Number && number.TryGetSingle(out var value) && MathF.Abs(value) <= LargestCoordinate
                ? value
                : throw new VideoFormatException($"{name} has something else than a keypoint's number: {number}.");
        }

        var joints = new float[Skeleton.JointCount * 3];
        for (var joint = 0; joint < Skeleton.JointCount; joint++)
        {
            var source = values.AsSpan((length == 75 ? Body25[joint] : joint) * 3, 3);
            if (source[2] > 0)
            {
                source.CopyTo(joints.AsSpan(joint * 3));
                joints[(joint * 3) + 2] = MathF.Min(source[2], 1);
            }
        }

        return joints;
    }

    [GeneratedRegex("^(?<clip>(.*_)?)0{0,12}(?<number>[0-9]{1,9})_keypoints\\.json$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamePattern();
}
