using System.Diagnostics;
using System.Net;

namespace ActorJobs.Cluster.Tests.Members;

/// <summary>A workflow whose jobs run on three nodes is one tree in a collector of traces.</summary>
public sealed class WorkflowTraceTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private static readonly string[] First = ["first"];

    [Fact]
    public async Task A_workflow_over_three_nodes_is_one_unbroken_tree()
    {
        using var collector = new OtlpCollector();
        await using var place = await ClusterPlace.PrepareAsync();
        ClusterNodeProcess[] nodes = [await StartAsync(), await StartAsync(), await StartAsync()];
        await place.UntilSharedAsync();
        var (trace, caller) = (ActivityTraceId.CreateRandom().ToString(), ActivitySpanId.CreateRandom().ToString());

        var middle = Enumerable.Range(0, 24).Select(i => new { key = $"part-{i}", kind = "builtin.sleep", args = (object)new { ms = 300 }, after = First }).ToArray();
        object[] jobs =
        [
            new { key = "first", kind = "builtin.echo", args = 1 }, .. middle,
            new { key = "last", kind = "builtin.echo", args = 2, after = middle.Select(job => job.key).ToArray() },
        ];
        await SubmitAsync(await nodes[0].Process.ReadyAsync(), new { id = "traced", jobs }, $"00-{trace}-{caller}-01");
        await place.EventuallyAsync(async () => (await nodes[1].Client.GetWorkflowAsync("traced")).State == "Completed", Soon, "the workflow to complete");
        foreach (var node in nodes)
        {
            node.TakesLoad = false;
            node.Process.Terminate(); // which sends what has not been sent
        }

        foreach (var node in nodes)
            await node.Process.ExitCodeAsync();

        var spans = collector.Of(trace);
        var known = spans.Select(span => span.Id).ToHashSet();
        Assert.Equal(spans.Count, known.Count);
        Assert.Equal(26, spans.Count(span => span.Name.StartsWith("process", StringComparison.Ordinal)));
        Assert.Equal(26, spans.Count(span => span.Name.StartsWith("wait", StringComparison.Ordinal)));
        Assert.Equal(3, spans.Where(span => span.Name.StartsWith("process", StringComparison.Ordinal)).Select(span => span.Node).Distinct().Count());
        Assert.DoesNotContain(spans, span => span.Parent is null || (span.Parent != caller && !known.Contains(span.Parent)));
        Assert.Single(spans, span => span.Parent == caller);

        Task<ClusterNodeProcess> StartAsync() => place.StartNodeAsync($"--ActorJobs:Telemetry:Otlp={collector.Address}", "--ActorJobs:Pools:default:Size=4");
    }

    // a client of its own: the tests' must not put a trace of theirs into the request
    private static async Task SubmitAsync(Uri node, object workflow, string traceParent)
    {
        using var http = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = node };
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/workflows") { Content = JsonContent.Create(workflow) };
        request.Headers.TryAddWithoutValidation("traceparent", traceParent);
        using var answer = await http.SendAsync(request);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
    }
}
