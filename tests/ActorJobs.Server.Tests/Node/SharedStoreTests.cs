using System.Net;
using ActorJobs.Client;
using ActorJobs.TestKit.Redis;

namespace ActorJobs.Server.Tests.Node;

/// <summary>What operators see and do is the same on every node of a cluster.</summary>
public sealed class SharedStoreTests
{
    private const int Actions = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Nodes_take_each_others_log_ins_and_share_one_audit_log()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var first = new NodePlace();
        await using var second = new NodePlace();
        string[] settings =
        [
            "--ActorJobs:Store=redis", $"--ActorJobs:Redis:Connection={redis.Address}", "--ActorJobs:Cluster:Secret=a secret of the tests",
            $"--ActorJobs:SessionKeys={Path.Combine(first.Folder, "shared-keys")}",
            .. TestKeys.Settings.Where(setting => setting.Value is not null).Select(setting => $"--{setting.Key}={setting.Value}"),
        ];
        await first.StartAsync(settings);
        await second.StartAsync(settings);
        await BothOwnShardsAsync(first);

        using var browser = new Browser();
        var session = await browser.LogInAsync(first.Http.BaseAddress!, TestKeys.Operator);
        Assert.Equal(HttpStatusCode.OK, await browser.VisitAsync(new Uri(second.Http.BaseAddress!, "jobs"), session));

        // entries are spread over all shards, so of twenty some belong to the other node
        using var client = NewClient(first);
        for (var number = 0; number < Actions; number++)
            await client.PostAsJsonAsync("api/v1/queues/mail/" + (number % 2 == 0 ? "pause" : "resume"), new { reason = $"reason {number}" });
        using var other = NewClient(second);
        var log = await new ActorJobsClient(other).ListAuditAsync(limit: 100);

        Assert.Equal(Enumerable.Range(0, Actions).Select(number => $"reason {number}").Reverse(), log.Items.Select(entry => entry.Reason));
        Assert.All(log.Items, entry => Assert.Equal(("operator", "Done"), (entry.Who, entry.Outcome)));
    }

    private static async Task BothOwnShardsAsync(NodePlace node)
    {
        using var http = NewClient(node);
        var client = new ActorJobsClient(http);
        var patience = DateTimeOffset.UtcNow + Patience;
        while (DateTimeOffset.UtcNow < patience)
        {
            if ((await client.ListNodesAsync()).Items is { Count: 2 } nodes && nodes.All(member => member.Shards > 0) && nodes.Sum(member => member.Shards) == 64)
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        Assert.Fail("The nodes have not shared the shards.\n" + node.Process.Output);
    }

    private static HttpClient NewClient(NodePlace node) =>
        new() { BaseAddress = node.Http.BaseAddress, DefaultRequestHeaders = { { "X-Api-Key", TestKeys.Operator } } };
}
