using ActorJobs.TestKit.Nodes;

namespace ActorJobs.Tests.Pools;

/// <summary>From submit to the end of an attempt, seen from outside.</summary>
public sealed class AttemptTests
{
    private readonly ScriptedKind work = new("work");

    [Fact]
    public async Task A_submitted_job_runs_at_once_and_completes_with_its_result()
    {
        await using var node = await TestNode.StartAsync();

        var id = await node.SubmitAsync(JobRequest.Of("builtin.echo", new { word = "hello" }));

        var view = await node.UntilAsync(id, JobStatus.Completed);
        Assert.Equal("""{"word":"hello"}""", view.Result.ToString());
        Assert.Equal("""{"word":"hello"}""", view.Args.ToString());
        Assert.Equal(["submitted", "completed"], await node.HistoryAsync(id));
        var attempt = Assert.Single(view.Attempts);
        Assert.Equal((1, "node-1", AttemptOutcome.Completed), (attempt.Number, attempt.Node, attempt.Outcome));
        Assert.Equal(node.Time.GetUtcNow(), view.FinishedAt);
    }
}
