using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Spotter.Web.Tests.Firebase.Database;

/// <summary>An event stream of the test database: turns what changed into the events that the server would send.</summary>
internal sealed class DatabaseFollower(string[] path, DataQuery? query)
{
    private readonly Channel<string> events = Channel.CreateUnbounded<string>();
    private DataNode shown = DataNode.Nothing;

    public ChannelReader<string> Events => events.Reader;

    /// <summary>Whether nothing is sent any more although the connection stays, as when a router forgot it.</summary>
    public bool IsSilent { get; set; }

    public void Begin(DataNode root)
    {
        shown = View(root);
        Send("put", "/", shown.ToJson());
    }

    public void Tell(DataNode root, string[][] places, bool isPatch)
    {
        var (before, now) = (shown, View(root));
        shown = now;
        if (before.IsSameAs(now))
        {
            return;
        }

        if (query is not null)
        {
            foreach (var key in before.Children.Keys.Union(now.Children.Keys).Where(key => !before[key].IsSameAs(now[key])))
            {
                Send("put", "/" + key, now[key].ToJson());
            }
        }
        else if (places.All(place => place.Length >= path.Length && place.AsSpan().StartsWith(path)))
        {
            var inner = places.Select(place => string.Join('/', place[path.Length..])).ToList();
            if (isPatch && !inner.Contains(""))
            {
                Send("patch", "/", new JsonObject(inner.Select((place, index) => KeyValuePair.Create(place, root.At(places[index]).ToJson()))));
            }
            else
            {
                inner.Zip(places).ToList().ForEach(pair => Send("put", "/" + pair.First, root.At(pair.Second).ToJson()));
            }
        }
        else
        {
            Send("put", "/", now.ToJson());
        }
    }

    public void Send(string type, string place, JsonNode? data) =>
        SendRaw(type, new JsonObject { ["path"] = place, ["data"] = data }.ToJsonString());

    public void SendRaw(string type, string data)
    {
        if (!IsSilent)
        {
            events.Writer.TryWrite($"event: {type}\ndata: {data}\n\n");
        }
    }

    /// <summary>Ends the stream.</summary>
    public void End() => events.Writer.TryComplete();

    private DataNode View(DataNode root) => query?.Filter(root.At(path)) ?? root.At(path);
}
