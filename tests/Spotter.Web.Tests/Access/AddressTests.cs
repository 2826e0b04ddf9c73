using Spotter.Web.Access;

namespace Spotter.Web.Tests.Access;

public sealed class AddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5080", true)]
    [InlineData("http://localhost:5080", true)]
    [InlineData("https://[::1]:5080", true)]
    [InlineData("http://127.8.9.1:80", true)]
    [InlineData("http://0.0.0.0:5080", false)]
    [InlineData("http://*:5080", false)]
    [InlineData("http://+:5080", false)]
    [InlineData("http://[::]:5080", false)]
    [InlineData("http://192.168.1.5:5080", false)]
    [InlineData("http://localhost.example.org:5080", false)]
    [InlineData("nonsense", false)]
    public void IsLoopback_Url_TellsWhoCanReachIt(string url, bool expected) => Assert.Equal(expected, Addresses.IsLoopback(url));

    [Fact]
    public void AccessKey_TooShort_IsRefused() => Assert.Throws<ArgumentException>(() => new AccessKey("short"));

    [Fact]
    public void AccessKey_Opens_OnlyWithItself()
    {
        var key = new AccessKey("correct horse battery");

        Assert.True(key.Opens("correct horse battery"));
        Assert.False(key.Opens("correct horse batterz"));
        Assert.False(key.Opens(""));
        Assert.False(key.Opens(null));
        Assert.False(new AccessKey(null).Opens("anything"));
    }
}
