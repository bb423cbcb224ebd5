using static ActorJobs.Tests.Workflows.FlowNode;

namespace ActorJobs.Tests.Workflows;

/// <summary>Nodes whose jobs' ids are somebody's already: a workflow that waited for such a job would wait for ever.</summary>
public sealed class TakenIdTests
{
    [Theory]
    [InlineData("flow:a")]
    [InlineData("flow:~a")]
    [InlineData("flow:inner:b")]
    public async Task A_workflow_does_not_begin_where_a_node_would_get_the_id_of_a_job_that_is_there(string id)
    {
        await using var flow = await StartAsync();
        await flow.Node.SubmitAsync(Step("x") with { Id = new JobId(id) });
        await flow.Node.UntilAsync(new JobId(id), JobStatus.Completed);

        var result = await flow.Node.DriveAsync(flow.Node.Workflows.StartAsync(Request));

        Assert.Equal(new WorkflowStartResult.IdTaken(id), result);
        Assert.Null(await flow.Node.Workflows.FindAsync("flow"));
    }

    [Fact]
    public async Task Jobs_that_are_kept_longer_than_their_workflow_keep_its_id()
    {
        await using var flow = await StartAsync();
        await flow.EndAsync(await flow.BeginAsync(Request with { Retention = TimeSpan.FromMinutes(1) }));
        flow.Node.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(await flow.Node.Workflows.FindAsync("flow"));

        Assert.IsType<WorkflowStartResult.IdTaken>(await flow.Node.DriveAsync(flow.Node.Workflows.StartAsync(Request)));

        flow.Node.Advance(TimeSpan.FromDays(40));
        await flow.EndAsync(await flow.BeginAsync(Request));
    }

    [Fact]
    public async Task A_start_that_is_repeated_is_no_other()
    {
        await using var flow = await StartAsync();
        await flow.EndAsync(await flow.BeginAsync(Request));

        var again = Assert.IsType<WorkflowStartResult.Accepted>(await flow.Node.DriveAsync(flow.Node.Workflows.StartAsync(Request)));

        Assert.False(again.IsNew);
    }

    [Fact]
    public async Task A_node_that_is_added_must_not_get_the_id_of_a_job_that_is_there()
    {
        await using var flow = await StartAsync();
        var hold = new TaskCompletionSource();
        flow.Doing["a"] = _ => hold.Task;
        await flow.BeginAsync(new WorkflowRequest { Id = "flow", Jobs = [Job("a")] });
        await flow.Node.SubmitAsync(Step("x") with { Id = new JobId("flow:late") });

        var refused = await flow.Node.DriveAsync(flow.Node.Workflows.AddAsync("flow", [Job("late", "a")]));
        var repeated = await flow.Node.DriveAsync(flow.Node.Workflows.AddAsync("flow", [Job("a")]));

        Assert.Contains("flow:late", Assert.IsType<WorkflowCommandResult.Refused>(refused).Reason, StringComparison.Ordinal);
        Assert.IsType<WorkflowCommandResult.Done>(repeated);
        hold.SetResult();
        Assert.Equal(WorkflowStatus.Completed, (await flow.EndAsync("flow")).State);
    }

    [Fact]
    public async Task A_job_that_comes_between_is_a_failed_node_and_no_endless_wait()
    {
        await using var flow = await StartAsync();
        var hold = new TaskCompletionSource();
        flow.Doing["a"] = _ => hold.Task;
        await flow.BeginAsync(new WorkflowRequest { Id = "flow", Jobs = [Job("a"), Job("b", "a")] });
        await flow.Node.SubmitAsync(Step("x") with { Id = new JobId("flow:b") });

        hold.SetResult();

        var view = await flow.EndAsync("flow");
        Assert.Equal(WorkflowStatus.Failed, view.State);
        Assert.Equal([StepStatus.Completed, StepStatus.Failed], view.Nodes.Select(node => node.State));
    }

    private static WorkflowRequest Request => new()
    {
        Id = "flow",
        Jobs =
        [
            Job("a") with { Compensation = Step("undo") },
            new WorkflowJob { Key = "inner", Workflow = new WorkflowRequest { Jobs = [Job("b")] } },
        ],
    };
}
