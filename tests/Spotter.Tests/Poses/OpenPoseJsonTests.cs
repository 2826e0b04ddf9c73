using System.Globalization;
using System.Text;
using CsCheck;
using Spotter.Poses;
using Spotter.Skeletons;
using Spotter.Video;

namespace Spotter.Tests.Poses;

public sealed class OpenPoseJsonTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Read_Coco_KeepsTheOrderOfJoints()
    {
        Write(0, Person(18, 100, 200, 10));
        Write(1, Person(18, 101, 200, 10));

        var sequence = OpenPoseJson.Read(folder.FullName, 25).Skeleton;

        Assert.Equal(2, sequence.FrameCount);
        Assert.Equal(25, sequence.FramesPerSecond, 9);
        Assert.Equal(new Keypoint(100 + (4 * 10), 200 + (4 * 10), 0.5f), sequence[0, Joint.RightWrist]);
        Assert.Equal(new Keypoint(101 + (17 * 10), 200 + (17 * 10), 0.5f), sequence[1, Joint.LeftEar]);
    }

    [Fact]
    public void Read_Body25_LeavesOutTheHipsMiddleAndTheFeet()
    {
        Write(0, Person(25, 0, 0, 10));

        var sequence = OpenPoseJson.Read(folder.FullName).Skeleton;

        Assert.Equal(70, sequence[0, Joint.LeftWrist].X);
        Assert.Equal(90, sequence[0, Joint.RightHip].X);
        Assert.Equal(140, sequence[0, Joint.LeftAnkle].X);
        Assert.Equal(180, sequence[0, Joint.LeftEar].X);
    }

    [Fact]
    public void Read_SeveralPeopleInChangingOrder_FollowsTheLargest()
    {
        for (var frame = 0; frame < 40; frame++)
        {
            var main = Person(18, 100 + frame, 200, 12);
            var bystander = Person(18, 600 - frame, 220, 5);
            Write(frame, frame % 3 == 0 ? [bystander, main] : [main, bystander]);
        }

        var sequence = OpenPoseJson.Read(folder.FullName).Skeleton;

        for (var frame = 0; frame < 40; frame++)
        {
            Assert.Equal(100 + frame, sequence[frame, Joint.Nose].X);
        }
    }

    [Theory]
    [InlineData(600, 12, 2)]
    [InlineData(600, 3, 1)] // far behind
    [InlineData(160, 6, 1)] // a part of the body, taken for somebody else
    public void Read_SomebodyBeside_IsCountedWhereTheyCouldBeMeant(float left, float size, int people)
    {
        Write(0, Person(18, 100, 200, 12), Person(18, left, left == 160 ? 260 : 200, size));
        Write(1);

        Assert.Equal([people, 0], OpenPoseJson.Read(folder.FullName).People);
    }

    [Fact]
    public void Read_MainPersonAwayForAMoment_LeavesTheFrameEmpty()
    {
        for (var frame = 0; frame < 20; frame++)
        {
            Write(frame, frame == 10 ? [Person(18, 600, 220, 5)] : [Person(18, 100, 200, 12), Person(18, 600, 220, 5)]);
        }

        var sequence = OpenPoseJson.Read(folder.FullName).Skeleton;

        Assert.True(sequence[10, Joint.Nose].IsMissing);
        Assert.Equal(100, sequence[11, Joint.Nose].X);
    }

    [Fact]
    public void Read_FrameNumberWithoutFile_IsAFrameWithoutAPerson()
    {
        Write(3, Person(18, 100, 200, 10));
        Write(5, Person(18, 102, 200, 10));

        var sequence = OpenPoseJson.Read(folder.FullName).Skeleton;

        Assert.Equal(3, sequence.FrameCount);
        Assert.True(sequence[1, Joint.Nose].IsMissing);
    }

    [Fact]
    public void Read_JointWithoutConfidence_IsMissing()
    {
        var person = Person(18, 100, 200, 10);
        person[2] = 0;
        Write(0, person);

        Assert.Equal(Keypoint.Missing, OpenPoseJson.Read(folder.FullName).Skeleton[0, Joint.Nose]);
    }

    [Theory]
    [InlineData("{\"people\":[{\"pose_keypoints_2d\":[1,2,3]}]}", "3 numbers")]
    [InlineData("{\"people\":7}", "list of people")]
    [InlineData("[]", "list of people")]
    [InlineData("{\"people\":[{}]}", "pose_keypoints_2d")]
    [InlineData("{\"people\":[", "not an OpenPose file")]
    public void ParseFrame_SomethingElse_SaysWhatIsWrong(string json, string expected)
    {
        var error = Assert.Throws<VideoFormatException>(() => OpenPoseJson.ParseFrame(Encoding.UTF8.GetBytes(json), "x.json"));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EmptyOrMixedFolder_SaysWhatIsWrong()
    {
        Assert.Contains("--write_json", Assert.Throws<VideoFormatException>(() => OpenPoseJson.Read(folder.FullName)).Message, StringComparison.Ordinal);
        Assert.Throws<VideoFormatException>(() => OpenPoseJson.Read(Path.Combine(folder.FullName, "absent")));
        Write(0, Person(18, 1, 1, 1));
        File.Copy(Path.Combine(folder.FullName, "clip_000000000000_keypoints.json"), Path.Combine(folder.FullName, "other_000000000001_keypoints.json"));
        Assert.Contains("several clips", Assert.Throws<VideoFormatException>(() => OpenPoseJson.Read(folder.FullName)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FrameNumbersFarApart_AreRefused()
    {
        Write(0, Person(18, 1, 1, 1));
        Write(900_000_000, Person(18, 1, 1, 1));
        Assert.Contains("follow each other", Assert.Throws<VideoFormatException>(() => OpenPoseJson.Read(folder.FullName)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ParseFrame_MutatedBytes_EitherReadsOrSaysWhatIsWrong()
    {
        var valid = Encoding.UTF8.GetBytes(Json([Person(18, 100, 200, 10), Person(18, 5, 5, 1)]));
        Gen.Select(Gen.Int[0, valid.Length - 1], Gen.OneOf(Gen.Byte, Gen.Byte[(byte)'"', (byte)'}'])).Array[1, 4].Sample(
            edits =>
            {
                var bytes = (byte[])valid.Clone();
                foreach (var (at, value) in edits)
                {
                    bytes[at] = value;
                }

                try
                {
                    Assert.All(OpenPoseJson.ParseFrame(bytes.AsMemory(0, edits.Length == 4 ? edits[0].Item1 : bytes.Length), "fuzzed"), person => Assert.All(person, number => Assert.True(float.IsFinite(number))));
                }
                catch (VideoFormatException)
                {
                }
            },
            iter: 5_000);
    }

    private static float[] Person(int joints, float x, float y, float step) =>
        [.. Enumerable.Range(0, joints).SelectMany(joint => new[] { x + (joint * step), y + (joint * step), 0.5f })];

    private static string Json(float[][] people) =>
        $$"""{"version":1.3,"people":[{{string.Join(',', people.Select(person => $"{{\"person_id\":[-1],\"pose_keypoints_2d\":[{string.Join(',', person.Select(number => number.ToString(CultureInfo.InvariantCulture)))}]}}"))}}]}""";

    private void Write(int frame, params float[][] people) =>
        File.WriteAllText(Path.Combine(folder.FullName, string.Create(CultureInfo.InvariantCulture, $"clip_{frame:D12}_keypoints.json")), Json(people));
}
