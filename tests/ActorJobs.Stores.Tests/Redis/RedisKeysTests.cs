using System.Text.RegularExpressions;
using ActorJobs.Actors.Cluster;
using ActorJobs.Redis;
using ActorJobs.Stores.Tests.Processes;
using ActorJobs.TestKit.Redis;

namespace ActorJobs.Stores.Tests.Redis;

/// <summary>The documented keys are those that a store leaves, and no others.</summary>
public sealed partial class RedisKeysTests
{
    private const int EventsBeyondARow = 60;

    [Fact]
    public async Task Every_key_is_documented_with_its_type_and_every_documented_key_is_there()
    {
        await using var server = await RedisServer.StartAsync();
        await using var use = await StoreUse.OpenAsync(new() { Connection = server.Address });
        for (var version = 0; version < EventsBeyondARow + 1; version++)
            await use.WriteAsync(version);
        Assert.True(PairedEntity.IsLeased(EventsBeyondARow + 1));

        var members = new RedisMembershipStore(use.Store);
        await members.BeatAsync(new ClusterNode("node-a", "http://a", [ClusterNode.Host], DateTimeOffset.UnixEpoch), TimeSpan.FromMinutes(1), CancellationToken.None);
        await members.TakeAsync("node-a", [0], CancellationToken.None);

        var documented = Documented();
        var keys = (await server.SayAsync("KEYS", "*")).Split('\n');
        foreach (var key in keys)
        {
            var row = Assert.Single(documented, row => row.Pattern.IsMatch(key));
            Assert.Equal(row.Type, await server.SayAsync("TYPE", key));
        }

        Assert.All(documented, row => Assert.Contains(keys, key => row.Pattern.IsMatch(key)));
    }

    // | `aj:{shard}:index:<name>` | zset | ...
    private static (Regex Pattern, string Type)[] Documented()
    {
        var rows = File.ReadLines(Path.Combine(Root(), "docs", "redis-keys.md")).Select(line => Row().Match(line)).Where(match => match.Success).ToArray();
        Assert.NotEmpty(rows);
        return [.. rows.Select(match => (PatternOf(match.Groups["key"].Value), match.Groups["type"].Value))];
    }

    private static Regex PatternOf(string key) =>
        new("^" + Regex.Escape(key).Replace(@"\{shard}", @"\{\d+}", StringComparison.Ordinal).Replace("<name>", ".+", StringComparison.Ordinal) + "$");

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ActorJobs.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No ActorJobs.sln above {AppContext.BaseDirectory}.");
        return folder.FullName;
    }

    [GeneratedRegex(@"^\| `(?<key>aj:[^`]+)` \| (?<type>\w+) \|")]
    private static partial Regex Row();
}
