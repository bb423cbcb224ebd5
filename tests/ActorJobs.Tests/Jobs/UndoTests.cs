using ActorJobs.Jobs;

namespace ActorJobs.Tests.Jobs;

/// <summary>What bulk actions do to one job, and taking that back.</summary>
public sealed class UndoTests
{
    private static readonly UndoAction Undo = new("a");

    [Theory]
    [InlineData("discarded", "retry", JobStatus.Available)]
    [InlineData("cancelled", "retry", JobStatus.Available)]
    [InlineData("expired", "retry", JobStatus.Available)]
    [InlineData("retryable", "retry", JobStatus.Available)]
    [InlineData("discarded", "retry-later", JobStatus.Scheduled)]
    [InlineData("discarded", "dismiss", JobStatus.Cancelled)]
    [InlineData("available", "cancel", JobStatus.Cancelled)]
    [InlineData("scheduled", "cancel", JobStatus.Cancelled)]
    [InlineData("retryable", "cancel", JobStatus.Cancelled)]
    [InlineData("scheduled", "promote", JobStatus.Available)]
    [InlineData("retryable", "promote", JobStatus.Available)]
    public void What_an_action_did_is_taken_back_once(string state, string verb, JobStatus after)
    {
        var before = JobSamples.States[state];

        var changed = Send(before, CommandOf(verb));
        var undone = Send(changed.State, Undo);
        var again = Send(undone.State, Undo);

        Assert.Equal(after, changed.State.Status);
        Assert.Equal(new JobCommandResult.Done(before.Status), undone.Reply);
        Assert.Equal(JobSamples.Text(before), JobSamples.Text(undone.State));
        Assert.IsType<JobCommandResult.Refused>(again.Reply);
    }

    [Fact]
    public void A_running_job_that_was_stopped_waits_again()
    {
        var asked = Send(JobSamples.States["running"], CommandOf("cancel")).State with { Running = JobSamples.States["running"].Running };
        var early = Send(asked, Undo);
        var stopped = Send(asked, JobSamples.Commands["stop"]).State;
        var undone = Send(stopped, Undo).State;

        Assert.IsType<JobCommandResult.Refused>(early.Reply);
        Assert.Equal(JobStatus.Cancelled, stopped.Status);
        Assert.Equal((JobStatus.Available, 1, 0, null), (undone.Status, undone.Attempt, undone.Used, undone.CancelReason));
    }

    [Theory]
    [InlineData("start")]
    [InlineData("cancel")]
    public void What_has_moved_on_is_left_alone(string then)
    {
        var retried = Send(JobSamples.States["discarded"], CommandOf("retry")).State;
        var moved = then == "start" ? Send(retried, new StartAttempt("n1", "p")).State : Send(retried, new CancelJob("by hand")).State;

        Assert.IsType<JobCommandResult.Refused>(Send(moved, Undo).Reply);
    }

    [Fact]
    public void A_job_that_became_due_has_not_moved_on()
    {
        var laid = Send(JobSamples.States["discarded"], CommandOf("retry-later")).State;
        var due = JobSamples.Decider.Evolve(laid, new JobStaged(JobSamples.Now.AddMinutes(1)));

        Assert.Equal(JobStatus.Available, due.Status);
        Assert.Equal(JobStatus.Discarded, Send(due, Undo).State.Status);
    }

    [Fact]
    public void An_action_has_a_list_of_the_jobs_it_changed()
    {
        var retried = Send(JobSamples.States["discarded"], CommandOf("retry")).State;

        Assert.Contains(JobSamples.Decider.Intents(retried).Entries, entry => entry.Index == JobIndex.OfAction("a"));
        Assert.DoesNotContain(JobSamples.Decider.Intents(Send(retried, Undo).State).Entries, entry => entry.Index == JobIndex.OfAction("a"));
    }

    [Theory]
    [InlineData("available")]
    [InlineData("running")]
    [InlineData("completed")]
    [InlineData("cancelled")]
    public void Only_dead_letters_are_dismissed(string state) =>
        Assert.IsType<JobCommandResult.Refused>(Send(JobSamples.States[state], CommandOf("dismiss")).Reply);

    private static JobCommand CommandOf(string verb) => verb switch
    {
        "retry" => new RetryJob(RawJson.Parse("""{"n":2}""")) { Action = "a" },
        "retry-later" => new RetryJob(null) { Action = "a", RunAt = JobSamples.Now.AddMinutes(1) },
        "dismiss" => new DismissJob("seen") { Action = "a" },
        "cancel" => new CancelJob("enough") { Action = "a" },
        _ => new PromoteJob { Action = "a" },
    };

    private static (JobState State, object? Reply) Send(JobState state, JobCommand command)
    {
        var decision = JobSamples.Decider.Decide(state, command, JobSamples.Context);
        var next = decision.Events.Aggregate(state, JobSamples.Decider.Evolve);
        return (decision.Lease is JobEvent lease ? JobSamples.Decider.Evolve(next, lease) : next, decision.Reply);
    }
}
