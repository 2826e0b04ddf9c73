using System.Globalization;
using CsCheck;
using Spotter.Video;

namespace Spotter.Tests.Video;

public sealed class YuvPictureTests : IDisposable
{
    private const int Width = 320;
    private const int Height = 240;

    private readonly ClipFolder folder = new();

    public void Dispose() => folder.Dispose();

    // The reference is ffmpeg's exact conversion; the fast one that it takes by itself is darker by one level or two.
    [Theory]
    [InlineData("bt601.mp4", "-c:v libx264 -qp 1 -vf scale=out_color_matrix=bt601:out_range=tv,format=yuv420p -colorspace smpte170m -color_range tv", YuvMatrix.Bt601)]
    [InlineData("untold.mp4", "-c:v libx264 -qp 1 -vf scale=out_color_matrix=bt601:out_range=tv,format=yuv420p", YuvMatrix.Bt601)]
    [InlineData("bt709.mp4", "-c:v libx264 -qp 1 -vf scale=out_color_matrix=bt709:out_range=tv,format=yuv420p -colorspace bt709 -color_range tv", YuvMatrix.Bt709)]
    [InlineData("full.mp4", "-c:v libx264 -qp 1 -vf scale=out_color_matrix=bt601:out_range=pc,format=yuvj420p -colorspace smpte170m -color_range pc", YuvMatrix.Bt601)]
    [InlineData("full-bt709.mp4", "-c:v libx264 -qp 1 -vf scale=out_color_matrix=bt709:out_range=pc,format=yuvj420p -colorspace bt709 -color_range pc", YuvMatrix.Bt709)]
    [InlineData("ten-bits.mp4", "-c:v libx264 -qp 1 -vf scale=out_color_matrix=bt709:out_range=tv,format=yuv420p10le -colorspace bt709 -color_range tv", YuvMatrix.Bt709)]
    [InlineData("bt2020.mp4", "-c:v libx264 -qp 1 -vf scale=out_color_matrix=bt2020:out_range=tv,format=yuv420p10le -colorspace bt2020nc -color_range tv", YuvMatrix.Bt709)]
    [InlineData("444.mp4", "-c:v libx264 -qp 1 -vf scale=out_color_matrix=bt709:out_range=tv,format=yuv444p -colorspace bt709 -color_range tv", YuvMatrix.Bt709)]
    [InlineData("jpeg.avi", "-c:v mjpeg -q:v 2 -pix_fmt yuvj420p", YuvMatrix.Bt601)]
    [InlineData("grey.mp4", "-c:v libx264 -qp 1 -pix_fmt gray", YuvMatrix.Bt601)]
    [InlineData("palette.gif", "-filter_complex split[a][b];[a]palettegen=max_colors=16[p];[b][p]paletteuse=dither=none", YuvMatrix.Bt709)]
    public async Task ToBgra_FrameOfAnyClip_IsWhatFfmpegShows(string name, string encoding, YuvMatrix matrix)
    {
        // Colours change over 40 pixels or more, so that sharing colour differences hardly matters, except at the edges that a palette makes.
        var clip = folder.Make(name, encoding, $"gradients=size={Width}x{Height}:rate=10:duration=0.3:seed=7:nb_colors=4");
        string[] exact = ["-vf", $"scale={Width}:{Height}:flags=bilinear+accurate_rnd+full_chroma_int+full_chroma_inp,format=rgb24,format=bgra", "-pix_fmt", "bgra"];
        ClipFolder.Run(["-i", clip, "-frames:v", "1", .. exact, "-f", "rawvideo", "file:" + folder["exact.bgra"]]);
        var expected = await File.ReadAllBytesAsync(folder["exact.bgra"], TestContext.Current.CancellationToken);

        var reader = await VideoReader.OpenAsync(clip);
        await foreach (var frame in reader.ReadFramesAsync(TestContext.Current.CancellationToken))
        {
            Assert.Equal((matrix, matrix), (reader.Matrix, frame.Picture.Matrix));
            var errors = expected.Zip(frame.Picture.ToBgra(), (one, other) => Math.Abs(one - other)).Order().ToArray();
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: mean {errors.Average():0.00}, 97 % within {errors[errors.Length * 97 / 100]}"));
            Assert.InRange(errors.Average(), 0, 2.5);
            Assert.InRange(errors[errors.Length * 97 / 100], 0, 8);
            break;
        }
    }

    [Fact]
    public void FromRgb_ColouredSquares_ComeBack() => Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Byte.Array[75]).Sample((width, height, colours) =>
    {
        // One colour for each square of 2 × 2 pixels, which is what the format can hold.
        var rgb = new byte[width * height * 3];
        for (var at = 0; at < rgb.Length; at++)
        {
            var (row, column) = (at / 3 / width, at / 3 % width);
            rgb[at] = colours[(((row / 2 * 5) + (column / 2)) * 3) + (at % 3)];
        }

        var picture = YuvPicture.FromRgb(rgb, width, height);

        var seen = picture.ToBgra().Chunk(4).SelectMany(pixel => new[] { pixel[2], pixel[1], pixel[0] });
        Assert.All(rgb.Zip(seen, (one, other) => Math.Abs(one - other)), error => Assert.InRange(error, 0, 3));
        Assert.All(picture.Y.ToArray(), level => Assert.InRange(level, 16, 235));
        Assert.Equal(picture.Pixels.Length, picture.Y.Length + picture.U.Length + picture.V.Length);
    });

    [Fact]
    public void FromRgb_WrongNumberOfBytes_IsRefused() => Assert.Throws<ArgumentException>(() => YuvPicture.FromRgb(new byte[10], 4, 4));

    [Theory]
    [InlineData(YuvMatrix.Bt601, 81, 90, 240)]
    [InlineData(YuvMatrix.Bt709, 63, 102, 240)]
    public void ToBgra_StandardRed_IsRed(YuvMatrix matrix, byte y, byte u, byte v)
    {
        var picture = new YuvPicture(1, 1, matrix);
        (picture.Y[0], picture.U[0], picture.V[0]) = (y, u, v);

        Assert.All(picture.ToBgra().Zip<byte, byte>([0, 0, 255, 255]), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 2));
    }
}
