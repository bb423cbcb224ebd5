using ActorJobs.Client;
using ActorJobs.TestKit.Specs;

namespace ActorJobs.Server.Tests.Node;

/// <summary>A chord under <c>kill -9</c>, on the embedded store: every child once, the join once, after all of them.</summary>
public sealed class WorkflowKillTests(ITestOutputHelper output)
{
    private const int Children = 600;
    private const int Kills = 3;

    [Fact]
    public async Task A_chord_finishes_whenever_the_node_is_killed()
    {
        var seed = Seed.Next();
        var random = new Random(seed);
        output.WriteLine($"seed {seed}");
        await using var node = new NodePlace();
        await node.StartAsync();
        await node.Client.StartWorkflowAsync(new StartWorkflow
        {
            Id = "chord",
            Jobs =
            [
                .. Enumerable.Range(0, Children).Select(number => WorkflowNode.Of($"c{number}", "builtin.sleep", new { ms = number % 4 }) with { MaxAttempts = 100 }),
                WorkflowNode.Of("join", "builtin.echo", "joined", [.. Enumerable.Range(0, Children).Select(number => $"c{number}")]),
            ],
        });
        for (var kill = 1; kill <= Kills; kill++)
        {
            await UntilAsync(node, workflow => workflow.HasEnded() || workflow.Counts.GetValueOrDefault("Completed") > Children * kill / (Kills + 1) - random.Next(60));
            await node.Process.KillAsync();
            await node.StartAsync();
        }

        var end = await UntilAsync(node, workflow => workflow.HasEnded());
        var join = await node.Client.GetJobAsync("chord:join");
        var stats = await node.Client.GetStatsAsync();

        Assert.Equal(("Completed", Children + 1), (end.State, end.Counts["Completed"]));
        Assert.Equal("Completed", Assert.Single(join.Attempts, attempt => attempt.Outcome == "Completed").Outcome);
        Assert.Equal(Children + 1, stats.States.Values.Sum());
        var lastChild = DateTimeOffset.MinValue;
        for (var number = 0; number < Children; number += 29)
        {
            var child = await node.Client.GetJobAsync($"chord:c{number}");
            Assert.Single(child.Attempts, attempt => attempt.Outcome == "Completed");
            lastChild = child.FinishedAt > lastChild ? child.FinishedAt.Value : lastChild;
        }

        Assert.True(join.CreatedAt >= lastChild, $"the join was made at {join.CreatedAt:O}, a child ended at {lastChild:O} (seed {seed})");
    }

    private static async Task<WorkflowState> UntilAsync(NodePlace node, Func<WorkflowState, bool> accept)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        WorkflowState? last = null;
        try
        {
            while (true)
            {
                last = await node.Client.GetWorkflowAsync("chord", patience.Token);
                if (accept(last))
                    return last;
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The workflow is {last?.State} with {string.Join(", ", last?.Counts ?? new Dictionary<string, int>())}.\n{node.Process.Output}");
        }
    }
}
