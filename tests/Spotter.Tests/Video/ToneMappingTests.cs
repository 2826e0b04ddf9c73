using System.Diagnostics;
using Spotter.Video;

namespace Spotter.Tests.Video;

public sealed class ToneMappingTests : IDisposable
{
    private const string Source = "testsrc2=size=320x240:rate=10:duration=0.4";
    private const string Hevc = "-c:v libx265 -preset ultrafast -x265-params log-level=error:crf=10";

    private readonly ClipFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("arib-std-b67")]
    [InlineData("smpte2084")]
    public async Task ReadFrames_HdrClip_LooksLikeTheOrdinaryOne(string transfer)
    {
        Assert.SkipUnless(ClipFolder.HasEncoder("libx265"), "this ffmpeg has no encoder libx265");
        var ordinary = folder.Make("sdr.mp4", $"-vf scale=out_color_matrix=bt709:out_range=tv,format=yuv420p {Hevc} -color_primaries bt709 -color_trc bt709 -colorspace bt709", Source);
        var hdr = folder.Make(
            "hdr.mp4",
            "-vf format=gbrp,zscale=min=gbr:pin=bt709:tin=bt709:rin=pc:m=gbr:p=bt709:t=linear:npl=203,format=gbrpf32le,zscale=p=bt2020,"
            + $"zscale=t={transfer}:m=bt2020nc:npl=203:r=tv,format=yuv420p10le {Hevc} -color_primaries bt2020 -color_trc {transfer} -colorspace bt2020nc",
            Source);

        var info = await VideoInfo.ReadAsync(hdr);
        var (expected, seen) = (await FirstAsync(ordinary), await FirstAsync(hdr));

        Assert.Equal((transfer, "bt2020", "bt2020nc", true), (info.ColorTransfer, info.ColorPrimaries, info.ColorMatrix, info.IsHdr));
        var errors = expected.Zip(seen, (one, other) => Math.Abs(one - other)).Order().ToArray();
        TestContext.Current.TestOutputHelper?.WriteLine($"mean {errors.Average():0.0}, 95 % within {errors[(int)(0.95 * errors.Length)]}");
        Assert.InRange(errors.Average(), 0, 12);
        Assert.InRange(errors[(int)(0.9 * errors.Length)], 0, 30);
    }

    [Theory]
    [InlineData("-c:v libx264 -pix_fmt yuv420p", "")]
    [InlineData(
        "-c:v libx265 -pix_fmt yuv420p10le -x265-params log-level=error -color_trc bt2020-10 -color_primaries bt2020 -colorspace bt2020nc",
        "+accurate_rnd:out_color_matrix=bt709:out_range=tv")]
    public async Task ReadFrames_OrdinaryClip_IsNotToneMapped(string encoding, string conversion)
    {
        var clip = folder.Make("clip.mp4", encoding, Source);
        ClipFolder.Run(["-i", clip, "-vf", $"scale=320:240:flags=area{conversion}", "-frames:v", "1", "-pix_fmt", "yuv420p", "-f", "rawvideo", "file:" + folder["plain.yuv"]]);

        var expected = await File.ReadAllBytesAsync(folder["plain.yuv"], TestContext.Current.CancellationToken);
        Assert.Equal(expected, await FirstAsync(clip, picture => picture.Pixels.ToArray()));
    }

    private static async Task<byte[]> FirstAsync(string clip, Func<YuvPicture, byte[]>? pixels = null)
    {
        var reader = await VideoReader.OpenAsync(clip);
        await foreach (var frame in reader.ReadFramesAsync(TestContext.Current.CancellationToken))
        {
            return (pixels ?? (picture => picture.ToBgra()))(frame.Picture);
        }

        throw new UnreachableException();
    }
}
