using System.Net;
using System.Text;
using ActorJobs.Client;

namespace ActorJobs.Cluster.Tests.Members;

/// <summary>What does not belong to a cluster is kept out, and told why in words that help.</summary>
public sealed class StrangerTests
{
    private const int StoreUnusable = 3;

    [Theory]
    [InlineData("--ActorJobs:Shards=32", "created with 64 shards, the configuration says 32: set ActorJobs:Shards to 64")]
    [InlineData("--ActorJobs:Cluster:Secret=another-secret-than-that", "with another secret (")]
    public async Task A_node_that_does_not_fit_does_not_start_and_says_what_to_set(string setting, string said)
    {
        await using var place = await ClusterPlace.StartAsync(1);
        await using var stranger = place.Run(setting);

        Assert.Equal(StoreUnusable, await stranger.ExitCodeAsync());

        var line = Assert.Single(stranger.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(said, line, StringComparison.Ordinal);
        await place.UntilSharedAsync(); // and the node that was there goes on alone
    }

    [Fact]
    public async Task A_stranger_that_came_before_it_could_be_known_is_shown_and_nothing_of_it_is_taken()
    {
        await using var place = await ClusterPlace.StartAsync(1);
        var node = place.Nodes[0];
        var (url, name) = (await node.Process.ReadyAsync(), (await node.Client.ListNodesAsync()).Items[0].Name);

        // as a node with another secret would have written of itself in the same instant
        var until = DateTimeOffset.UtcNow.AddMinutes(1).ToUnixTimeMilliseconds().ToString("D15", System.Globalization.CultureInfo.InvariantCulture);
        var details = """{\"pools\":[],\"version\":\"0.1.0\",\"secretMark\":\"0123456789abcdef\"}""";
        await place.Redis.SayAsync(
            "HSET", "aj:{cluster}:nodes", "stranger-1",
            $$"""{{until}}{"name":"stranger-1","url":"http://127.0.0.1:1","roles":["work"],"since":"2026-01-01T00:00:00Z","details":"{{details}}"}""");
        await place.EventuallyAsync(
            async () => (await node.Client.ListNodesAsync()).Items.Any(other => (other.Name, other.State) == ("stranger-1", "OtherSecret")),
            TimeSpan.FromSeconds(10), "the stranger to be shown");
        using var http = new HttpClient { BaseAddress = url };
        Assert.Contains("stranger-1: another secret", await http.GetStringAsync("api/v1/doctor"), StringComparison.Ordinal);

        // whoever does not know the secret gets no further than the head of a call, also with this node's name
        foreach (var signature in new[] { null, "1:0:0", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}:{new string('A', 64)}:{new string('A', 64)}") })
        {
            using var call = new HttpRequestMessage(HttpMethod.Post, "cluster/v1/commands") { Content = new ByteArrayContent(Encoding.ASCII.GetBytes("harm")) };
            call.Headers.TryAddWithoutValidation("ActorJobs-Node", name);
            if (signature is not null)
                call.Headers.TryAddWithoutValidation("ActorJobs-Signature", signature);
            using var answer = await http.SendAsync(call);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Arguments_over_the_limit_of_the_store_are_refused_with_the_limit_in_the_problem()
    {
        const int Limit = 512 * 1024;
        await using var place = await ClusterPlace.StartAsync(1);
        var client = place.Nodes[0].Client;
        var largest = new string('x', Limit - 2); // with its quotes

        Assert.Equal("Completed", await EndedAsync(client, (await client.SubmitAsync(SubmitJob.Of("builtin.echo", largest))).Id));
        var refusal = await Assert.ThrowsAsync<ActorJobsApiException>(() => client.SubmitAsync(SubmitJob.Of("builtin.echo", largest + "x")));
        Assert.Equal((HttpStatusCode.BadRequest, "/args"), (refusal.Status, refusal.Problem?.Field));
        Assert.Contains("524289 bytes, and this node's store takes at most 524288", refusal.Problem!.Detail, StringComparison.Ordinal);

        var failed = (await client.SubmitAsync(SubmitJob.Of("builtin.fail", new { times = 9, message = "no" }) with { MaxAttempts = 1 })).Id;
        Assert.Equal("Discarded", await EndedAsync(client, failed));
        var repaired = await Assert.ThrowsAsync<ActorJobsApiException>(() => client.RetryAsync(failed, System.Text.Json.JsonSerializer.SerializeToElement(largest + "x")));
        Assert.Contains("at most 524288", repaired.Problem!.Detail, StringComparison.Ordinal);
    }

    private static async Task<string?> EndedAsync(ActorJobsClient client, string id)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        string? state = null;
        await foreach (var seen in client.WatchJobAsync(id, deadline.Token))
            state = seen.State;
        return state;
    }
}
