using ActorJobs.Jobs;
using ActorJobs.Workflows;

namespace ActorJobs.Tests.Jobs;

/// <summary>A node's end is told to its workflow until the workflow has answered; a plain job owes nothing.</summary>
public sealed class JobReportTests
{
    private static readonly JobSpec Node = JobSamples.Spec with { WorkflowId = "flow", NodeKey = "node", MaxAttempts = 1 };

    [Fact]
    public void An_ended_node_reports_and_stays_until_it_was_heard()
    {
        var job = Ended(Node);

        var message = Assert.Single(job.Intents.Outbox);
        Assert.Equal((WorkflowIds.Entity("flow"), new ReportNode("node", StepStatus.Failed, 1)), (message.To, message.Command));
        Assert.Null(job.Intents.DeleteAt);

        job.Send(JobSamples.Decider.Answered([new(message.Id, ReportReply.Taken)]), JobSamples.Now);

        Assert.Empty(job.Intents.Outbox);
        Assert.NotNull(job.Intents.DeleteAt);
    }

    [Fact]
    public void A_second_end_is_another_report_and_the_first_ones_answer_does_not_count_for_it()
    {
        var job = Ended(Node);
        var first = Assert.Single(job.Intents.Outbox);
        job.Send(new RetryJob(null), JobSamples.Now);
        Assert.Empty(job.Intents.Outbox);
        Fail(job);

        job.Send(JobSamples.Decider.Answered([new(first.Id, ReportReply.Taken)]), JobSamples.Now);

        Assert.Equal(new ReportNode("node", StepStatus.Failed, 2), Assert.Single(job.Intents.Outbox).Command);
    }

    [Fact]
    public void A_plain_job_has_nothing_to_report_and_nothing_more_to_store()
    {
        var job = Ended(JobSamples.Spec with { MaxAttempts = 1 });

        Assert.Empty(job.Intents.Outbox);
        Assert.NotNull(job.Intents.DeleteAt);
        Assert.DoesNotContain("ends", JobSamples.Text(job.State), StringComparison.Ordinal);
    }

    [Fact]
    public void A_delay_counts_from_the_submit()
    {
        var job = new StoredJob();

        job.Send(new SubmitJob(Node) { Delay = TimeSpan.FromMinutes(5) }, JobSamples.Now);

        Assert.Equal((JobStatus.Scheduled, JobSamples.Now.AddMinutes(5)), (job.State.Status, job.Intents.WakeAt));
    }

    private static StoredJob Ended(JobSpec spec)
    {
        var job = new StoredJob();
        job.Send(new SubmitJob(spec), JobSamples.Now);
        Fail(job);
        return job;
    }

    private static void Fail(StoredJob job)
    {
        job.Send(new StartAttempt("n1", "p"), JobSamples.Now);
        job.Send(
            new EndAttempt(job.State.Running!.Number, AttemptOutcome.Failed, new JobOutcome.Failure(JobSamples.Error, null), Backoff.Default, AttemptReport.Nothing),
            JobSamples.Now);
    }
}
