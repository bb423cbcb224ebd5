using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.Workflows;
using static ActorJobs.Tests.Workflows.FlowNode;

namespace ActorJobs.Tests.Workflows;

/// <summary>Workflows on a whole node.</summary>
public sealed class WorkflowTests
{
    [Fact]
    public async Task A_chain_runs_in_order_and_hands_results_on()
    {
        await using var flow = await StartAsync();

        var id = await flow.BeginAsync(Workflow.Chain(Step("a"), Step("b"), Step("c")));
        var view = await flow.EndAsync(id);

        Assert.Equal((WorkflowStatus.Completed, 1.0), (view.State, view.Progress));
        Assert.Equal(["1", "2", "3"], flow.Runs);
        Assert.Equal("c(b(a))", await ResultAsync(flow, id, "3"));
    }

    [Fact]
    public async Task A_chord_joins_once_all_are_there()
    {
        await using var flow = await StartAsync();

        var id = await flow.BeginAsync(Workflow.Chord([.. Enumerable.Range(1, 40).Select(number => Step($"{number}"))], Step("sum")));
        await flow.EndAsync(id);

        Assert.Equal("join", flow.Runs[^1]);
        Assert.Equal($"sum({string.Join('+', Enumerable.Range(1, 40))})", await ResultAsync(flow, id, "join"));
        var job = await flow.Node.ViewAsync(new JobId($"{id}:join"));
        Assert.Equal((id, 40, $"{id}:1"), (job.WorkflowId, job.Parents.Count, job.Parents[0].Value));
    }

    [Fact]
    public async Task A_failure_means_what_its_edge_says()
    {
        await using var flow = await StartAsync();
        flow.Failing.Add("a");

        var id = await flow.BeginAsync(
            Job("a"), Job("stop", "a"), Job("behind", "stop"), Job("continue", new WorkflowEdge("a", FailurePolicy.Continue)),
            Job("ignore", new WorkflowEdge("a", FailurePolicy.Ignore)), Job("other"));
        var view = await flow.EndAsync(id);

        Assert.Equal(WorkflowStatus.Failed, view.State);
        Assert.Equal(
            "a Failed, stop Skipped, behind Skipped, continue Completed, ignore Completed, other Completed",
            string.Join(", ", view.Nodes.Select(node => $"{node.Key} {node.State}")));
        Assert.Equal("continue(Failed)", await ResultAsync(flow, id, "continue"));
    }

    [Fact]
    public async Task An_ignored_failure_does_not_fail_the_workflow()
    {
        await using var flow = await StartAsync();
        flow.Failing.Add("a");

        var view = await flow.EndAsync(await flow.BeginAsync(Job("a") with { OnFailure = FailurePolicy.Ignore }, Job("b", "a")));

        Assert.Equal(WorkflowStatus.Completed, view.State);
    }

    [Fact]
    public async Task A_failed_workflow_goes_on_from_where_it_failed()
    {
        await using var flow = await StartAsync();
        flow.Failing.Add("b");
        var id = await flow.BeginAsync(Job("a"), Job("b", "a"), Job("c", "b"));
        Assert.Equal(WorkflowStatus.Failed, (await flow.EndAsync(id)).State);

        flow.Failing.Clear();
        Assert.IsType<WorkflowCommandResult.Done>(await flow.Node.DriveAsync(flow.Node.Workflows.RetryAsync(id)));
        var view = await flow.EndAsync(id);

        Assert.Equal(WorkflowStatus.Completed, view.State);
        Assert.Equal(["a", "b", "b", "c"], flow.Runs);
    }

    [Fact]
    public async Task A_node_whose_dead_letter_is_gone_is_made_anew_by_a_retry()
    {
        await using var flow = await StartAsync();
        flow.Failing.Add("a");
        var id = await flow.BeginAsync(new WorkflowRequest
        {
            Jobs = [Job("a") with { Job = Step("a") with { Retention = TimeSpan.FromHours(1) } }],
        });
        await flow.EndAsync(id);
        flow.Node.Advance(TimeSpan.FromHours(2));
        Assert.Null(await flow.Node.Client.FindAsync(new JobId($"{id}:a")));

        flow.Failing.Clear();
        await flow.Node.DriveAsync(flow.Node.Workflows.RetryAsync(id));

        Assert.Equal(WorkflowStatus.Completed, (await flow.EndAsync(id)).State);
    }

    [Fact]
    public async Task Cancelling_stops_what_runs_skips_what_waits_and_reaches_nested_workflows()
    {
        await using var flow = await StartAsync();
        flow.Doing["a"] = flow.Doing["inner"] = context => Task.Delay(Timeout.Infinite, context.Cancellation);
        var id = await flow.BeginAsync(
            Job("a"), Job("b", "a"), new WorkflowJob { Key = "n", Workflow = new WorkflowRequest { Jobs = [Job("inner"), Job("last", "inner")] } });
        await flow.Node.UntilAsync(() => flow.Runs.Count == 2, "both running");

        await flow.Node.DriveAsync(flow.Node.Workflows.CancelAsync(id, "not needed"));
        var view = await flow.EndAsync(id);
        var nested = await flow.Node.Workflows.FindAsync($"{id}:n");

        Assert.Equal((WorkflowStatus.Cancelled, "not needed"), (view.State, view.Reason));
        Assert.Equal("a Cancelled, b Skipped, n Cancelled", string.Join(", ", view.Nodes.Select(node => $"{node.Key} {node.State}")));
        Assert.Equal("inner Cancelled, last Skipped", string.Join(", ", nested!.Nodes.Select(node => $"{node.Key} {node.State}")));
    }

    [Fact]
    public async Task A_saga_is_undone_in_reverse_with_the_results_at_hand()
    {
        await using var flow = await StartAsync();
        flow.Failing.Add("pay");
        WorkflowJob Undoable(string key, params WorkflowEdge[] after) => Job(key, after) with { Compensation = Step($"undo {key}") };

        var id = await flow.BeginAsync(Undoable("flight"), Undoable("hotel", "flight"), Undoable("car", "hotel"), Job("pay", "car"));
        var view = await flow.EndAsync(id);

        Assert.Equal(WorkflowStatus.Compensated, view.State);
        Assert.Equal(["flight", "hotel", "car", "pay", "~car", "~hotel", "~flight"], flow.Runs);
        Assert.Equal("undo car(car(hotel(flight)))", await ResultAsync(flow, id, "~car"));
        Assert.All(view.Nodes.Take(3), node => Assert.Equal(StepStatus.Completed, node.Compensation));
    }

    [Fact]
    public async Task A_nested_workflow_is_a_node_with_its_last_results()
    {
        await using var flow = await StartAsync();

        var id = await flow.BeginAsync(
            Job("a"),
            new WorkflowJob { Key = "n", After = ["a"], Workflow = Workflow.Named("inner").Then("x", Step("x")).Then("y", Step("y")).Build() },
            Job("b", "n"));
        var view = await flow.EndAsync(id);

        Assert.Equal(WorkflowStatus.Completed, view.State);
        Assert.Equal(["a", "x", "y", "b"], flow.Runs);
        Assert.Equal("b(y(x))", await ResultAsync(flow, id, "b"));
        Assert.Equal(id, (await flow.Node.Workflows.FindAsync($"{id}:n"))!.ParentId);
    }

    [Fact]
    public async Task A_job_adds_work_to_its_workflow_and_does_so_once()
    {
        await using var flow = await StartAsync();
        flow.Doing["split"] = async context =>
        {
            for (var twice = 0; twice < 2; twice++)
                Assert.IsType<WorkflowCommandResult.Done>(await context.AddToWorkflowAsync([Job("part1", "split"), Job("part2", "split"), Job("join", "part1", "part2")]));
        };

        var id = await flow.BeginAsync(Job("split"));
        var view = await flow.EndAsync(id);

        Assert.Equal(4, view.Nodes.Count);
        Assert.Equal("join(part1(split)+part2(split))", await ResultAsync(flow, id, "join"));
        Assert.IsType<WorkflowCommandResult.Refused>(await flow.Node.DriveAsync(flow.Node.Workflows.AddAsync(id, [Job("late")])));
    }

    [Fact]
    public async Task What_is_added_again_beside_something_new_is_a_repetition_unless_it_is_another()
    {
        await using var flow = await StartAsync();
        var hold = new TaskCompletionSource();
        flow.Doing["a"] = _ => hold.Task;
        var id = await flow.BeginAsync(Job("a"));

        var added = await AddAsync(Job("b", "a"));
        var repeated = await AddAsync(Job("b", "a"), Job("c", "b"));
        var another = await AddAsync(Job("d"), Job("b"), Job("e", "b"));
        var twice = await AddAsync(Job("d"), Job("d"));
        hold.SetResult();
        var view = await flow.EndAsync(id);

        Assert.IsType<WorkflowCommandResult.Done>(added);
        Assert.IsType<WorkflowCommandResult.Done>(repeated);
        var problem = Assert.IsType<WorkflowCommandResult.Invalid>(another).Problem;
        Assert.Equal(("duplicate-key", "jobs.1.key"), (problem.Code, problem.Field));
        Assert.Contains("a job 'b' already, with another definition", problem.Detail, StringComparison.Ordinal);
        Assert.Equal("jobs.1.key", Assert.IsType<WorkflowCommandResult.Invalid>(twice).Problem.Field);
        Assert.Equal(["a", "b", "c"], flow.Runs);
        Assert.Equal(3, view.Nodes.Count);

        Task<WorkflowCommandResult> AddAsync(params WorkflowJob[] jobs) => flow.Node.DriveAsync(flow.Node.Workflows.AddAsync(id, jobs));
    }

    [Fact]
    public async Task A_waiting_job_is_shown_and_explained_before_it_is_made()
    {
        await using var flow = await StartAsync();
        var gate = new TaskCompletionSource();
        flow.Doing["a"] = _ => gate.Task;
        var id = await flow.BeginAsync(Job("a"), Job("b"), Job("c", "a", "b"));
        var waiting = await flow.UntilAsync(id, view => view.Nodes[1].State == StepStatus.Completed && view.Nodes[0].State == StepStatus.Submitted);

        var view = await flow.Node.ViewAsync(new JobId($"{id}:c"));
        var why = await flow.Node.Queries.WhyAsync(view.Id);

        Assert.Equal((JobStatus.Waiting, id, 2), (view.State, view.WorkflowId, view.Parents.Count));
        Assert.Equal($"It waits for 1 of its 2 parents in workflow {id}.", why!.Summary);
        Assert.Equal(["'a' is Submitted."], why.Reasons);
        Assert.Equal(JobStatus.Running, waiting.Nodes[0].JobState);
        gate.SetResult();
        await flow.EndAsync(id);
    }

    [Fact]
    public async Task Starting_again_changes_nothing_and_lists_page()
    {
        await using var flow = await StartAsync();
        for (var number = 0; number < 5; number++)
            await flow.EndAsync(await flow.BeginAsync(new WorkflowRequest { Id = $"flow-{number}", Name = $"No {number}", Jobs = [Job("a")] }));

        var again = Assert.IsType<WorkflowStartResult.Accepted>(
            await flow.Node.DriveAsync(flow.Node.Workflows.StartAsync(new WorkflowRequest { Id = "flow-3", Jobs = [Job("a")] })));
        var first = await flow.Node.Workflows.ListAsync(null, null, 3);
        var second = await flow.Node.Workflows.ListAsync(null, first.Next, 3);

        Assert.Equal((false, WorkflowStatus.Completed), (again.IsNew, again.Status));
        Assert.Equal(5, flow.Runs.Count);
        Assert.Equal(5, first.Items.Concat(second.Items).Select(item => item.Id).Distinct().Count());
        Assert.Equal("No 3", first.Items.Concat(second.Items).Single(item => item.Id == "flow-3").Name);
        await Assert.ThrowsAsync<FormatException>(async () => await flow.Node.Workflows.ListAsync(null, "what", 3));
    }

    [Fact]
    public async Task A_page_goes_on_behind_workflows_that_are_deleted_while_it_is_read()
    {
        await using var flow = await StartAsync();
        for (var number = 0; number < 5; number++)
            await flow.EndAsync(await flow.BeginAsync(new WorkflowRequest { Id = $"flow-{number}", Jobs = [Job("a")] }));
        await DeleteBehindItsEntryAsync(flow.Node.Setup.Store, "flow-4", flow.Node.Setup.Options.Shards);

        var first = await flow.Node.Workflows.ListAsync(WorkflowStatus.Completed, null, 2);
        var second = await flow.Node.Workflows.ListAsync(WorkflowStatus.Completed, first.Next, 2);

        Assert.Equal(["flow-3", "flow-2"], first.Items.Select(item => item.Id));
        Assert.Equal(["flow-1", "flow-0"], second.Items.Select(item => item.Id));
    }

    [Fact]
    public async Task Retention_deletes_a_workflow_and_not_before_its_jobs_have_reported()
    {
        await using var flow = await StartAsync();
        var id = await flow.BeginAsync(new WorkflowRequest { Jobs = [Job("a")], Retention = TimeSpan.FromHours(1) });
        await flow.EndAsync(id);

        flow.Node.Advance(TimeSpan.FromMinutes(59));
        Assert.NotNull(await flow.Node.Workflows.FindAsync(id));
        flow.Node.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(await flow.Node.Workflows.FindAsync(id));
        flow.Node.Advance(TimeSpan.FromDays(2));
        Assert.Null(await flow.Node.Client.FindAsync(new JobId($"{id}:a")));
    }

    [Fact]
    public async Task A_delayed_node_waits_from_the_end_of_its_parents()
    {
        await using var flow = await StartAsync();
        var id = await flow.BeginAsync(Job("a"), Job("b", "a") with { Delay = TimeSpan.FromMinutes(10) });
        await flow.UntilAsync(id, view => view.Nodes[1].JobState == JobStatus.Scheduled);

        flow.Node.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(WorkflowStatus.Completed, (await flow.EndAsync(id)).State);
    }

    private static async Task<string?> ResultAsync(FlowNode flow, string workflow, string key) =>
        (await flow.Node.ViewAsync(new JobId($"{workflow}:{key}"))).Result?.Deserialize<string>();

    // as it is for somebody who has read the list just before
    private static async Task DeleteBehindItsEntryAsync(IEntityStore store, string id, int shards)
    {
        var key = WorkflowIds.Entity(id);
        var shard = ShardHash.Of(id, shards);
        var version = (await store.ReadAsync([key], default))[0]!.Version;
        var epoch = await store.AcquireShardAsync(shard, "elsewhere", default);
        var deletion = new EntityWrite { Key = key, Shard = shard, Epoch = epoch, ExpectedVersion = version, Delete = true };
        Assert.Equal(WriteStatus.Written, (await store.WriteAsync([deletion], default))[0].Status);
    }
}
