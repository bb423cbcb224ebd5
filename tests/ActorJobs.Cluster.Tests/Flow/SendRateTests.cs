using System.Globalization;
using ActorJobs.Cluster.Tests.Commands;
using ActorJobs.Cluster.Tests.Conversations;
using ActorJobs.TestKit.CloudApi;

namespace ActorJobs.Cluster.Tests.Flow;

/// <summary>Messages to customers leave from every node, and the network counts them together.</summary>
public sealed class SendRateTests
{
    private const int Rate = 10;
    private const int Customers = 40;

    [Fact]
    public async Task Two_nodes_together_keep_to_the_rate_of_a_business_number()
    {
        await using var api = await FakeCloudApi.StartAsync();
        await using var place = await ClusterPlace.PrepareAsync();
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => place.StartNodeAsync(
            Hook.Setting, "--ActorJobs:Conversations:Gateway=cloudapi", $"--ActorJobs:Conversations:CloudApi:Url={api.Url}",
            $"--ActorJobs:Conversations:CloudApi:AccessToken={FakeCloudApi.Token}",
            string.Create(CultureInfo.InvariantCulture, $"--ActorJobs:Conversations:Pace:PerSecond={Rate}"))));
        await place.UntilSharedAsync();

        using var http = new HttpClient();
        var hooks = Enumerable.Range(0, Customers).Select(number => new Hook(string.Create(CultureInfo.InvariantCulture, $"551190000{number:d4}"), 0, DateTimeOffset.UtcNow)).ToArray();
        foreach (var hook in hooks)
        {
            using var answer = await hook.DeliverAsync(http, await place.Nodes[hook.Customer[^1] % 2].Process.ReadyAsync(), TestContext.Current.CancellationToken);
            answer.EnsureSuccessStatusCode();
        }

        var client = place.Nodes[0].Client;
        await place.EventuallyAsync(async () => (await client.GetStatsAsync()).States.GetValueOrDefault("Completed") == Customers, TimeSpan.FromSeconds(60), "all messages to be sent");
        var attempts = new List<(DateTimeOffset StartedAt, string Node)>();
        foreach (var hook in hooks)
            attempts.AddRange((await client.GetJobAsync($"{hook.Conversation}.send.1")).Attempts.Select(attempt => (attempt.StartedAt, attempt.Node)));

        Assert.Equal(Customers, api.Taken.Select(message => message.To).Distinct().Count());
        Assert.Equal(Customers, api.Taken.Count);
        Assert.Equal(2, attempts.Select(attempt => attempt.Node).Distinct().Count());
        Assert.InRange(FullestWindow.Of([.. attempts.Select(attempt => attempt.StartedAt).Order()], TimeSpan.FromSeconds(1)), 1, Rate);
    }
}
