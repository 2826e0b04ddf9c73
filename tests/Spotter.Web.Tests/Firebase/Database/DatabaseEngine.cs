using System.Text.Json.Nodes;

namespace Spotter.Web.Tests.Firebase.Database;

/// <summary>The test database itself: a tree, changed by one operation after the other, and those who follow it.</summary>
internal sealed class DatabaseEngine(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly List<DatabaseFollower> followers = [];
    private DataNode root = DataNode.Nothing;

    /// <summary>How many writes were applied.</summary>
    public int Writes { get; private set; }

    /// <summary>Told the tree before and after each write.</summary>
    public Action<DataNode, DataNode> Written { get; set; } = (_, _) => { };

    public DataNode Get(string[] path)
    {
        lock (gate)
        {
            return root.At(path);
        }
    }

    /// <summary>Replaces a node, if it has the tag that is expected.</summary>
    /// <returns>What stands there now, and whether it was written.</returns>
    /// <exception cref="FormatException">The value is not allowed.</exception>
    public (DataNode Now, bool IsWritten) Put(string[] path, JsonNode? value, string? expected)
    {
        lock (gate)
        {
            var old = root.At(path);
            if (expected is not null && expected != old.Tag)
            {
                return (old, false);
            }

            var data = DataNode.Read(value, time.GetUtcNow(), old);
            Apply(root.With(path, data), [path], isPatch: false);
            return (data, true);
        }
    }

    /// <summary>Replaces some children, all or none; their names may be paths.</summary>
    /// <exception cref="FormatException">A value or a path is not allowed, or one path lies within another.</exception>
    public void Patch(string[] path, JsonNode? children)
    {
        if (children is not JsonObject named)
        {
            throw new FormatException("Invalid data; couldn't parse JSON object. Are you sending a JSON object with valid key names?");
        }

        lock (gate)
        {
            var (now, places) = (root, new List<string[]>());
            foreach (var (name, value) in named)
            {
                var keys = name.Split('/', StringSplitOptions.RemoveEmptyEntries);
                if (keys.Length == 0 || !keys.All(DataNode.IsKey) || places.Any(other => IsWithin(other, keys) || IsWithin(keys, other)))
                {
                    throw new FormatException($"Invalid data; the path '{name}' is not allowed.");
                }

                places.Add(keys);
                string[] place = [.. path, .. keys];
                now = now.With(place, DataNode.Read(value, time.GetUtcNow(), root.At(place)));
            }

            Apply(now, [.. places.Select(keys => path.Concat(keys).ToArray())], isPatch: true);
        }
    }

    public void Follow(DatabaseFollower follower)
    {
        lock (gate)
        {
            follower.Begin(root);
            followers.Add(follower);
        }
    }

    public void Leave(DatabaseFollower follower)
    {
        lock (gate)
        {
            followers.Remove(follower);
        }
    }

    /// <summary>Does something to everybody who follows.</summary>
    public void ForFollowers(Action<DatabaseFollower> action)
    {
        lock (gate)
        {
            followers.ForEach(action);
        }
    }

    private void Apply(DataNode now, string[][] places, bool isPatch)
    {
        Written(root, now);
        root = now;
        Writes++;
        followers.ForEach(follower => follower.Tell(now, places, isPatch));
    }

    private static bool IsWithin(string[] outer, string[] inner) => inner.AsSpan().StartsWith(outer);
}
