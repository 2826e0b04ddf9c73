using CsCheck;
using Spotter.Web.Firebase.Database;

namespace Spotter.Web.Tests.Firebase.Database;

/// <summary>Paths and keys that are made here.</summary>
public sealed class KeyTests
{
    [Fact]
    public void PushId_AnyMoments_AlwaysAscends() => Gen.Int[-3, 3].Array[1, 200].Sample(jumps =>
    {
        var (ids, moment, last) = (new PushId(), DateTimeOffset.UnixEpoch.AddYears(50), "");
        foreach (var jump in jumps)
        {
            moment = moment.AddMilliseconds(jump);
            var id = ids.Next(moment);
            Assert.Equal(20, id.Length);
            Assert.True(DatabasePath.IsKey(id) && string.CompareOrdinal(last, id) < 0);
            Assert.Equal(moment, PushId.MomentOf(new PushId().Next(moment)));
            last = id;
        }
    });

    [Fact]
    public void MomentOf_NoPushId_IsAFormatException()
    {
        Assert.Throws<FormatException>(() => PushId.MomentOf("short"));
        Assert.Throws<FormatException>(() => PushId.MomentOf("!!!!!!!!000000000000"));
    }

    [Fact]
    public void Path_Parts_AreJoinedAndEscaped()
    {
        Assert.Equal("a/b/x y", DatabasePath.Parse("/a/b/").Child("x y").ToString());
        Assert.Equal("/a/%E8%82%A9%20%25%3F.json", DatabasePath.Root.Child("a").Child("肩 %?").ToUrl());
        Assert.Equal("/.json", DatabasePath.Root.ToUrl());
        Assert.Throws<ArgumentException>(() => DatabasePath.Root.Child(new string('x', 769)));
    }

    [Fact]
    public void Query_All_IsWrittenAsTheProtocolWantsIt()
    {
        var query = new DatabaseQuery { OrderBy = "a/b", StartAt = System.Text.Json.Nodes.JsonValue.Create("x&\""), EndAt = System.Text.Json.Nodes.JsonValue.Create(2.5), LimitToLast = 3 };

        Assert.Equal(["orderBy=%22a%2Fb%22", "startAt=%22x%5Cu0026%5Cu0022%22", "endAt=2.5", "limitToLast=3"], query.ToParameters());
    }
}
