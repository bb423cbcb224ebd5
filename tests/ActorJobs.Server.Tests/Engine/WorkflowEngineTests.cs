using System.Net;
using ActorJobs.Client;

namespace ActorJobs.Server.Tests.Engine;

/// <summary>Workflows through the front door and the real engine.</summary>
public sealed class WorkflowEngineTests
{
    [Fact]
    public async Task A_workflow_is_started_seen_and_ends()
    {
        await using var host = await EngineHost.StartAsync();

        var receipt = await host.Client.StartWorkflowAsync(Diamond("diamond"));
        var again = await host.Client.StartWorkflowAsync(Diamond("diamond"));
        var end = await host.EndOfAsync($"{receipt.Id}:d");
        var workflow = await EndAsync(host, receipt.Id);
        var listed = await host.Client.ListWorkflowsAsync("Completed");
        var page = await host.Http.GetStringAsync($"/workflows/{receipt.Id}");
        var list = await host.Http.GetStringAsync("/workflows");

        Assert.Equal((true, false), (receipt.IsNew, again.IsNew));
        Assert.Equal(("Completed", "diamond", 1.0), (workflow.State, workflow.Name, workflow.Progress));
        Assert.Equal(["a", "b", "c", "d"], workflow.Nodes.Select(node => node.Key));
        Assert.Equal((receipt.Id, 2), (end.WorkflowId, end.Parents.Count));
        Assert.Equal(receipt.Id, Assert.Single(listed.Items).Id);
        Assert.Contains("<svg width=", page, StringComparison.Ordinal);
        Assert.Contains($"/jobs/{receipt.Id}%3Ad", page, StringComparison.Ordinal);
        Assert.Contains("diamond", list, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"jobs":[{"key":"a","kind":"builtin.echo","after":["b"]},{"key":"b","kind":"builtin.echo","after":["a"]}]}""", "cycle", "/jobs/0/after/0")]
    [InlineData("""{"jobs":[{"key":"a","kind":"builtin.echo","after":[{"key":"x","onFailure":"ignore"}]}]}""", "unknown-parent", "/jobs/0/after/0")]
    [InlineData("""{"jobs":[{"key":"a","kind":"builtin.echo","onFailure":"never"}]}""", "wrong-type", "/jobs/0/onFailure")]
    [InlineData("""{"jobs":[{"key":"a","kind":"builtin.echo","color":1}]}""", "unknown-field", "/jobs/0/color")]
    [InlineData("""{"jobs":[{"key":"n","workflow":{"jobs":[{"key":"x","kind":"nobody"}]}}]}""", "unknown-kind", "/jobs/0/workflow/jobs/0/kind")]
    [InlineData("""{"jobs":[{"kind":"builtin.echo"}]}""", "missing-field", "/jobs/0/key")]
    [InlineData("""{"jobs":[]}""", "no-jobs", "/jobs")]
    [InlineData("""{"name":"empty"}""", "missing-field", "/jobs")]
    public async Task A_wrong_graph_is_refused_by_its_place(string body, string code, string place)
    {
        await using var host = await EngineHost.StartAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        var (status, problem, _) = await FrontDoorHost.ReadAsync(await host.Http.PostAsync("/api/v1/workflows", content));

        Assert.Equal((400, code, place), (status, problem.GetProperty("code").GetString(), problem.GetProperty("pointer").GetString()));
    }

    [Fact]
    public async Task The_same_key_starts_one_workflow_and_with_another_body_is_refused()
    {
        await using var host = await EngineHost.StartAsync();
        const string Body = """{"jobs":[{"key":"a","kind":"builtin.echo","args":1}]}""";

        var (_, first, _) = await PostAsync(Body);
        var (_, second, _) = await PostAsync(Body);
        var (status, problem, _) = await PostAsync("""{"jobs":[{"key":"b","kind":"builtin.echo","args":2}]}""");
        var workflow = await EndAsync(host, first.GetProperty("id").GetString()!);

        Assert.Equal((true, false), (first.GetProperty("isNew").GetBoolean(), second.GetProperty("isNew").GetBoolean()));
        Assert.Equal(workflow.Id, second.GetProperty("id").GetString());
        Assert.Equal((422, "idempotency-key-reused"), (status, problem.GetProperty("code").GetString()));
        Assert.Equal("a", Assert.Single(workflow.Nodes).Key);

        async Task<(int, System.Text.Json.JsonElement, HttpResponseMessage)> PostAsync(string body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/workflows") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
            request.Headers.Add("Idempotency-Key", "order-7");
            return await FrontDoorHost.ReadAsync(await host.Http.SendAsync(request));
        }
    }

    [Fact]
    public async Task A_failed_workflow_is_retried_a_running_one_grows_and_is_cancelled()
    {
        await using var host = await EngineHost.StartAsync();
        var failing = await host.Client.StartWorkflowAsync(new StartWorkflow
        {
            Jobs = [WorkflowNode.Of("a", "builtin.fail", new { times = 1 }) with { MaxAttempts = 1 }, WorkflowNode.Of("b", "builtin.echo", 1, "a")],
        });
        Assert.Equal("Failed", (await EndAsync(host, failing.Id)).State);
        await host.Client.RetryWorkflowAsync(failing.Id);
        Assert.Equal("Completed", (await EndAsync(host, failing.Id)).State);

        var long1 = await host.Client.StartWorkflowAsync(new StartWorkflow { Jobs = [WorkflowNode.Of("a", "builtin.sleep", new { ms = 600_000 })] });
        await host.Client.AddToWorkflowAsync(long1.Id, [WorkflowNode.Of("b", "builtin.echo", 1, "a")]);
        await host.Client.CancelWorkflowAsync(long1.Id, "enough");
        var cancelled = await EndAsync(host, long1.Id);
        var refusal = await Assert.ThrowsAsync<ActorJobsApiException>(() => host.Client.AddToWorkflowAsync(long1.Id, [WorkflowNode.Of("c", "builtin.echo", 1)]));
        var missing = await Assert.ThrowsAsync<ActorJobsApiException>(() => host.Client.GetWorkflowAsync("nobody"));

        Assert.Equal(("Cancelled", "enough", 2), (cancelled.State, cancelled.Reason, cancelled.Nodes.Count));
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.NotFound), (refusal.Status, missing.Status));
    }

    private static StartWorkflow Diamond(string id) => new()
    {
        Id = id,
        Name = "diamond",
        Jobs =
        [
            WorkflowNode.Of("a", "builtin.echo", 1), WorkflowNode.Of("b", "builtin.echo", 2, "a"),
            WorkflowNode.Of("c", "builtin.echo", 3, "a"), WorkflowNode.Of("d", "builtin.echo", 4, "b", "c"),
        ],
    };

    // each look is a request to the node, so this is no spinning loop; it is bounded by time
    private static async Task<WorkflowState> EndAsync(EngineHost host, string id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var workflow = await host.Client.GetWorkflowAsync(id, patience.Token);
            if (workflow.HasEnded())
                return workflow;
        }
    }
}
