using System.Text.Json;
using ActorJobs.TestKit.Redis;
using ActorJobs.Workloads.Documents;

namespace ActorJobs.Workloads.Tests.Documents.Node;

/// <summary>Three real nodes over one Redis, each with folders of its own: one builds, and all of them search.</summary>
public sealed class ThreeNodesTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IndexPlace builder = new();
    private readonly IndexPlace first = new();
    private readonly IndexPlace second = new();
    private RedisServer redis = null!;

    public async ValueTask InitializeAsync()
    {
        redis = await RedisServer.StartAsync();
        await Task.WhenAll(StartAsync(builder, "builder"), StartAsync(first, "first"), StartAsync(second, "second"));
        await Task.WhenAll(UntilItSeesAsync(builder, 3), UntilItSeesAsync(first, 3), UntilItSeesAsync(second, 3));
        await builder.DefineAsync("birds");
    }

    public async ValueTask DisposeAsync()
    {
        await builder.DisposeAsync();
        await first.DisposeAsync();
        await second.DisposeAsync();
        await redis.DisposeAsync();
    }

    [Fact]
    public async Task Every_node_fetches_and_verifies_what_one_has_built_and_catches_up_with_what_it_missed()
    {
        var built = await RebuildAsync("a.md", "# Herons\n\nThe heron waits beside the water.");

        Assert.Equal(["first serves, fetched", "second serves, fetched"], await SwapAsync(version: 1));
        foreach (var place in new[] { builder, first, second })
        {
            Assert.Equal(built.GetProperty("hash").GetString(), (await place.GetAsync("indexes/birds")).GetProperty("served").GetProperty("hash").GetString());
            Assert.Equal("a.md", await place.BestAsync("birds", "heron"));
        }

        // one hangs: the swap waits no longer than its lease, and says so
        second.Process.Pause();
        await RebuildAsync("b.md", "# Wrens\n\nThe wren sings.");
        var told = await SwapAsync(version: 2);
        Assert.Equal("first serves, fetched", told[0]);
        Assert.True(told.Count == 1 || told[1].StartsWith("second: ", StringComparison.Ordinal), string.Join("; ", told));
        Assert.Equal("b.md", await first.BestAsync("birds", "wren"));

        // it is started anew, serves what it has, and fetches what it missed
        second.Process.Resume();
        await second.Process.KillAsync();
        await StartAsync(second, "second again");
        await UntilAsync(async () => await second.BestAsync("birds", "wren") == "b.md", "the node to have caught up");
    }

    private Task StartAsync(IndexPlace place, string name) => place.StartAsync(
    [
        "--ActorJobs:Store=redis", $"--ActorJobs:Redis:Connection={redis.Address}", "--ActorJobs:Cluster:Secret=a-secret-of-this-test-alone", "--ActorJobs:Cluster:Lease=PT3S",
        $"--ActorJobs:Node:Name={name.Replace(' ', '-')}", .. place == builder ? Array.Empty<string>() : ["--ActorJobs:Node:Pools:0=default"],
    ]);

    private async Task<JsonElement> RebuildAsync(string file, string text)
    {
        await File.WriteAllTextAsync(Path.Combine(builder.Source, file), text);
        return await builder.CompletedAsync(await builder.RebuildAsync("birds"));
    }

    /// <summary>What the swap's result says of each other node.</summary>
    private async Task<IReadOnlyList<string>> SwapAsync(int version)
    {
        foreach (var listed in (await builder.Client.ListJobsAsync(new ActorJobs.Client.JobQuery { Kind = DocumentKinds.HotSwap })).Items)
        {
            var result = (await builder.Client.GetJobAsync(listed.Id)).Result!.Value;
            if (result.GetProperty("version").GetInt32() == version)
                return [.. result.GetProperty("nodes").EnumerateArray().Select(Describe).Order(StringComparer.Ordinal)];
        }

        throw new InvalidOperationException($"Nothing has swapped version {version} in.");
    }

    private static string Describe(JsonElement node)
    {
        // the node has added a random part
        var name = node.GetProperty("node").GetString()!.Split('-')[0];
        return node.GetProperty("serves").GetBoolean()
            ? $"{name} serves{(node.GetProperty("fetched").GetBoolean() ? ", fetched" : "")}"
            : $"{name}: {node.GetProperty("error").GetString()}";
    }

    private static Task UntilItSeesAsync(IndexPlace place, int nodes) =>
        UntilAsync(async () => (await place.Client.ListNodesAsync()).Items.Count(static node => node.State == "Up") == nodes, $"{nodes} nodes");

    // what other processes do by themselves is told by nothing: looked at again, and bounded
    private static async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var began = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"Waited {Patience} for {what}.");
            await clock.WaitForNextTickAsync();
        }
    }
}
