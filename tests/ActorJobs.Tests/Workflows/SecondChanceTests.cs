using ActorJobs.Workflows;
using static ActorJobs.Tests.Workflows.WorkflowSamples;

namespace ActorJobs.Tests.Workflows;

/// <summary>A failed job that is retried by itself, as operators do with dead letters, while its workflow still runs.</summary>
public sealed class SecondChanceTests
{
    private readonly StoredWorkflow workflow = new();

    [Fact]
    public void What_was_skipped_for_a_failure_runs_when_the_failed_job_completes_after_all()
    {
        Start(Node("a"), Node("b", "a"), Node("c", "b"), Node("other"));
        End("a", StepStatus.Failed);
        Assert.Equal("FKKr", Statuses);

        End("a", StepStatus.Completed, ends: 2);
        Assert.Equal("Crwr", Statuses);
        workflow.Reload(workflow.Events);

        End("other", StepStatus.Completed);
        Assert.Equal(WorkflowStatus.Running, workflow.State.Status);
        End("b", StepStatus.Completed);
        End("c", StepStatus.Completed);
        Assert.Equal(("CCCC", WorkflowStatus.Completed), (Statuses, workflow.State.Status));
    }

    [Fact]
    public void What_another_failure_stops_stays_skipped()
    {
        Start(Node("a"), Node("b"), Node("both", "a", "b"), Node("one", "a"), Node("other"));
        End("a", StepStatus.Failed);
        End("b", StepStatus.Failed);

        End("a", StepStatus.Completed, ends: 2);
        Assert.Equal("CFKrr", Statuses);

        End("b", StepStatus.Completed, ends: 2);
        Assert.Equal("CCrrr", Statuses);
    }

    [Fact]
    public void After_the_end_it_takes_a_retry_of_the_workflow()
    {
        Start(Node("a"), Node("b", "a"));
        End("a", StepStatus.Failed);

        End("a", StepStatus.Completed, ends: 2);
        Assert.Equal(("CK", WorkflowStatus.Failed), (Statuses, workflow.State.Status));

        Assert.IsType<WorkflowCommandResult.Done>(workflow.Send(new RetryWorkflow()));
        Assert.Equal(("Cr", WorkflowStatus.Running), (Statuses, workflow.State.Status));
    }

    [Fact]
    public void A_cancelled_workflow_starts_nothing_anew()
    {
        Start(Node("a"), Node("b", "a"), Node("other"));
        End("a", StepStatus.Failed);
        workflow.Send(new CancelWorkflow("enough", Compensate: false));

        End("a", StepStatus.Completed, ends: 2);

        Assert.Equal(("CKr", WorkflowStatus.Cancelling), (Statuses, workflow.State.Status));
    }

    private string Statuses => workflow.State.Nodes.ToString();

    private void Start(params WorkflowJob[] nodes) => workflow.Send(new StartWorkflow(Define(nodes), null, TimeSpan.FromDays(1)));

    private void End(string key, StepStatus status, int ends = 1) => workflow.Send(new ReportNode(key, status, ends));
}
