using ActorJobs.TestKit.Specs;
using ActorJobs.Workflows;

namespace ActorJobs.Tests.Workflows;

/// <summary>Random graphs in a world that loses, doubles and reorders: what holds for every workflow.</summary>
public sealed class WorkflowPropertyTests
{
    private const int Runs = 150;

    private readonly int seed = Seed.Next();

    [Fact]
    public void Every_node_ends_as_its_parents_and_policies_say_whatever_the_messages_do() => ForEachGraph((random, graph, run) =>
    {
        var outcomes = graph.ToDictionary(node => node.Key, _ => RandomGraph.Outcome(random));
        var world = new WorkflowWorld(random, key => outcomes[key]);
        Start(world, graph);

        Settled(world, run);
        var expected = RandomGraph.Expect(graph, outcomes);
        var state = world.Workflow.State;
        Assert.Equal(graph.Select(node => (node.Key, expected[node.Key])), graph.Select((node, place) => (node.Key, state.Nodes[place])));
        Assert.Equal(RandomGraph.EndOf(graph, expected), state.Status);
        MadeOnceAndInOrder(world, graph, expected, run);
    });

    [Fact]
    public void A_cancelled_workflow_ends_and_starts_nothing_new_beyond_what_had_left() => ForEachGraph((random, graph, run) =>
    {
        var world = new WorkflowWorld(random, _ => StepStatus.Completed);
        Start(world, graph);
        for (var step = random.Next(60); step > 0; step--)
            world.Step();
        var known = Made(world, StepStatus.Submitted, StepStatus.Completed, StepStatus.Ready);
        world.Workflow.Send(new CancelWorkflow("enough", Compensate: false));

        Settled(world, run);
        Assert.True(world.Workflow.State.Status is WorkflowStatus.Cancelled or WorkflowStatus.Completed, run);
        Assert.True(world.Made.ToHashSet().IsSubsetOf(known), $"made {string.Join(",", world.Made)} of {string.Join(",", known)} ({run})");
        Assert.Equal(world.Made.Count, world.Made.Distinct().Count());
    });

    [Fact]
    public void A_retried_workflow_completes_and_keeps_what_had_completed() => ForEachGraph((random, graph, run) =>
    {
        var outcomes = graph.ToDictionary(node => node.Key, _ => RandomGraph.Outcome(random));
        var world = new WorkflowWorld(random, key => outcomes[key]);
        Start(world, graph);
        for (var round = 0; round < graph.Length + 1; round++)
        {
            Settled(world, run);
            if (world.Workflow.State.Status == WorkflowStatus.Completed)
                break;
            Assert.IsType<WorkflowCommandResult.Done>(world.Workflow.Send(new RetryWorkflow()));
        }

        Assert.Equal((WorkflowStatus.Completed, run), (world.Workflow.State.Status, run));
        Assert.Equal(world.Made.Count, world.Made.Distinct().Count());
        foreach (var (key, outcome) in outcomes.Where(pair => pair.Value == StepStatus.Completed))
            Assert.True(world.Ended.Count(ended => ended == key) <= 1, $"{key} ran again ({run})");
    });

    [Fact]
    public void Compensations_run_once_each_behind_those_of_all_that_waited_for_their_node() => ForEachGraph((random, graph, run) =>
    {
        WorkflowJob[] saga = [.. graph.Select(node => node with
        {
            After = [.. node.After.Select(edge => new WorkflowEdge(edge.Key))],
            OnFailure = FailurePolicy.Stop,
            Compensation = random.Next(3) > 0 ? WorkflowSamples.Work() : null,
        })];
        var failing = saga[random.Next(saga.Length)].Key;
        var world = new WorkflowWorld(random, key => key == failing ? StepStatus.Failed : StepStatus.Completed);
        Start(world, saga);

        Settled(world, run);
        var completed = world.Ended.Where(key => key != failing && !key.StartsWith('~')).ToHashSet();
        string[] undone = [.. world.Ended.Where(key => key.StartsWith('~')).Select(key => key[1..])];
        Assert.Equal(saga.Where(node => node.Compensation is not null && completed.Contains(node.Key)).Select(node => node.Key).Order(), undone.Order());
        Assert.Equal(undone.Length > 0 ? WorkflowStatus.Compensated : WorkflowStatus.Failed, world.Workflow.State.Status);
        foreach (var (place, key) in undone.Index())
            Assert.True(!RandomGraph.Ancestors(saga, key).Any(undone[..place].Contains), $"{key} was undone behind one it waited for ({run})");
    });

    private static void Start(WorkflowWorld world, WorkflowJob[] graph) =>
        world.Workflow.Send(new StartWorkflow(WorkflowSamples.Define(graph), null, TimeSpan.FromDays(1)));

    private static void Settled(WorkflowWorld world, string run) => Assert.Equal((null, run), (world.Settle(200_000), run));

    private static HashSet<string> Made(WorkflowWorld world, params StepStatus[] statuses) =>
        [.. statuses.SelectMany(world.Workflow.State.Nodes.Places).Select(world.Workflow.State.KeyOf), .. world.Made];

    private static void MadeOnceAndInOrder(WorkflowWorld world, WorkflowJob[] graph, Dictionary<string, StepStatus> expected, string run)
    {
        Assert.Equal(graph.Where(node => expected[node.Key] != StepStatus.Skipped).Select(node => node.Key).Order(), world.Made.Order());
        Assert.Equal(world.Made.Order(), world.Ended.Order());
        Assert.True(graph.All(node => expected[node.Key] == StepStatus.Skipped || world.Made.Contains(node.Key)), run);
    }

    private void ForEachGraph(Action<Random, WorkflowJob[], string> check)
    {
        for (var run = 0; run < Runs; run++)
        {
            var random = new Random(seed + run);
            check(random, RandomGraph.Draw(random, random.Next(1, 16)), $"graph {run}, set ACTORJOBS_SEED={seed}");
        }
    }
}
