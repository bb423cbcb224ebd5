using System.Text;
using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;

namespace ActorJobs.Tests.Jobs;

/// <summary>What every command does to a job in every state.</summary>
public sealed class JobDeciderTests
{
    // Rows are states, columns commands. "submitted" and so on are the events, "~" the lease; "." changes nothing, "x" is fenced or refused,
    // "?" finds no job, "=" repeats what was answered before.
    private const string Operators = """
        state      submit     start   cancel             retry    promote  contend acknowledge wake
        none       submitted  .       ?                  ?        ?        .       .           .
        waiting    =          .       cancelled          x        x        .       .           .
        scheduled  =          .       cancelled          x        staged   .       .           .
        due        =          .       cancelled          x        staged   .       .           staged
        available  =          ~       cancelled          x        =        .       .           .
        late       =          expired cancelled          x        =        .       .           expired
        running    =          .       cancel-requested~  x        =        .       .           .
        last-try   =          .       cancel-requested~  x        =        .       .           .
        stopping   =          .       =                  x        =        .       .           .
        retryable  =          .       cancelled          retried  staged   .       .           .
        completed  =          .       x                  x        x        .       .           .
        cancelled  =          .       =                  retried  x        .       .           .
        discarded  =          .       x                  retried  x        .       .           .
        expired    =          .       x                  retried  x        .       .           .
        """;

    private const string Attempts = """
        state      report report-old complete  fail          snooze        give-up   stop      time-out      crash         interrupt     complete-old
        none       x      x          x         x             x             x         x         x             x             x             x
        waiting    x      x          x         x             x             x         x         x             x             x             x
        scheduled  x      x          x         x             x             x         x         x             x             x             x
        due        x      x          x         x             x             x         x         x             x             x             x
        available  x      x          x         x             x             x         x         x             x             x             x
        late       x      x          x         x             x             x         x         x             x             x             x
        running    ~      x          completed attempt-ended attempt-ended discarded cancelled attempt-ended attempt-ended attempt-ended x
        last-try   ~      x          completed discarded     attempt-ended discarded cancelled discarded     discarded     attempt-ended x
        stopping   ~      x          completed cancelled     cancelled     cancelled cancelled cancelled     cancelled     cancelled     x
        retryable  x      x          x         x             x             x         x         x             x             x             x
        completed  x      x          x         x             x             x         x         x             x             x             x
        cancelled  x      x          x         x             x             x         x         x             x             x             x
        discarded  x      x          x         x             x             x         x         x             x             x             x
        expired    x      x          x         x             x             x         x         x             x             x             x
        """;

    private const string Losses = """
        state      lose-dead     lose-other    lose-unheld
        none       x             x             x
        waiting    x             x             x
        scheduled  x             x             x
        due        x             x             x
        available  x             x             x
        late       x             x             x
        running    attempt-ended x             attempt-ended
        last-try   discarded     x             attempt-ended
        stopping   cancelled     x             cancelled
        retryable  x             x             x
        completed  x             x             x
        cancelled  x             x             x
        discarded  x             x             x
        expired    x             x             x
        """;

    // no action has changed any of them: UndoTests has those
    private const string Actions = """
        state      dismiss   undo
        none       ?         ?
        waiting    x         x
        scheduled  x         x
        due        x         x
        available  x         x
        late       x         x
        running    x         x
        last-try   x         x
        stopping   x         x
        retryable  x         x
        completed  x         x
        cancelled  x         x
        discarded  dismissed x
        expired    x         x
        """;

    public static TheoryData<string, string, string> Table => [.. new[] { Operators, Attempts, Losses, Actions }.SelectMany(Rows)];

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_command_does_in_each_state_what_the_table_says(string state, string command, string expected)
    {
        var decision = JobSamples.Decider.Decide(JobSamples.States[state], JobSamples.Commands[command], JobSamples.Context);

        Assert.Equal(expected, Describe(decision));
    }

    [Fact]
    public void The_table_is_complete() =>
        Assert.Equal(
            from state in JobSamples.States.Keys from command in JobSamples.Commands.Keys orderby state, command select (state, command),
            Table.Select(row => (row.Data.Item1, row.Data.Item2)).Order());

    [Theory]
    [InlineData("fail", AttemptOutcome.Failed, 10)]
    [InlineData("time-out", AttemptOutcome.TimedOut, 10)]
    [InlineData("crash", AttemptOutcome.Crashed, 10)]
    [InlineData("lose-dead", AttemptOutcome.Lost, 0)]
    public void An_attempt_that_failed_is_counted_and_leads_to_another_after_its_wait(string command, AttemptOutcome how, int seconds)
    {
        var ended = Ended("running", command);

        Assert.Equal((how, true, JobSamples.Now.AddSeconds(seconds)), (ended.Attempt.Outcome, ended.IsUsed, ended.NextAt));
        Assert.NotNull(ended.Attempt.Error);
    }

    [Theory]
    [InlineData("snooze", AttemptOutcome.Snoozed, 5)]
    [InlineData("interrupt", AttemptOutcome.Interrupted, 0)]
    [InlineData("lose-unheld", AttemptOutcome.Interrupted, 0)]
    public void An_attempt_that_has_not_failed_is_not_counted(string command, AttemptOutcome how, int seconds)
    {
        var ended = Ended("last-try", command);

        Assert.Equal((how, false, JobSamples.Now.AddSeconds(seconds)), (ended.Attempt.Outcome, ended.IsUsed, ended.NextAt));
        Assert.Null(ended.Attempt.Error);
    }

    [Fact]
    public void What_an_attempt_said_last_is_kept_with_its_end()
    {
        var ended = Ended("running", "fail");

        Assert.Equal((JobSamples.Report.Progress, JobSamples.Report.Log), (ended.Progress, ended.Log));
        Assert.Equal(JobSamples.Report.Checkpoint.ToString(), ended.Checkpoint.ToString());
    }

    [Fact]
    public void The_wait_is_the_requests_else_the_kinds_and_the_attempts_own_wish_comes_first()
    {
        var running = JobSamples.States["running"];
        var fail = (EndAttempt)JobSamples.Commands["fail"];
        var withoutOwn = running with { Spec = running.Spec! with { Backoff = null } };
        var wishing = fail with { Outcome = JobOutcome.Failed("busy", retryAfter: TimeSpan.FromSeconds(77)) };

        Assert.Equal(
            [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(77)],
            new[] { Decide(running, fail), Decide(withoutOwn, fail), Decide(running, wishing) }
                .Select(decision => Assert.IsType<AttemptEnded>(Assert.Single(decision.Events)).NextAt - JobSamples.Now));
    }

    [Fact]
    public void A_claim_carries_the_next_number_the_claimant_and_the_last_checkpoint()
    {
        var retried = JobSamples.Decider.Evolve(JobSamples.States["retryable"] with { Checkpoint = RawJson.Parse("[9]") }, new JobStaged(JobSamples.Now));

        var decision = Decide(retried, new StartAttempt("n2", "p"));

        var lease = Assert.IsType<AttemptStarted>(decision.Lease);
        Assert.Equal((2, "n2", "p", "[9]"), (lease.Number, lease.Node, lease.Pool, lease.Checkpoint.ToString()));
        Assert.Equal(lease, Assert.IsType<StartReply>(decision.Reply).Started!.Running);
    }

    [Fact]
    public void A_retry_by_hand_begins_counting_anew_with_the_new_arguments_and_the_next_attempts_number()
    {
        var retried = Evolved("discarded", "retry");

        Assert.Equal(("3", 0, 1, JobStatus.Available), (retried.Spec!.Args.ToString(), retried.Used, retried.Attempt, retried.Status));
        Assert.Null(retried.FinishedAt);
    }

    [Fact]
    public void Only_the_last_hundred_attempts_are_remembered()
    {
        var state = JobSamples.States["available"];
        for (var number = 1; number <= 150; number++)
        {
            state = JobSamples.Decider.Evolve(state, new AttemptStarted(number, "n1", "p", JobSamples.Now));
            state = JobSamples.Decider.Evolve(
                state, new AttemptEnded(new(number, "n1", JobSamples.Now, JobSamples.Now, AttemptOutcome.Snoozed, null), JobSamples.Now, false));
        }

        Assert.Equal(Enumerable.Range(51, 100), state.Attempts!.Select(attempt => attempt.Number));
    }

    private static Decision<JobEvent> Decide(JobState state, JobCommand command) => JobSamples.Decider.Decide(state, command, JobSamples.Context);

    private static AttemptEnded Ended(string state, string command) =>
        Assert.IsType<AttemptEnded>(Assert.Single(Decide(JobSamples.States[state], JobSamples.Commands[command]).Events));

    private static JobState Evolved(string state, string command) =>
        Decide(JobSamples.States[state], JobSamples.Commands[command]).Events.Aggregate(JobSamples.States[state], JobSamples.Decider.Evolve);

    private static string Describe(Decision<JobEvent> decision)
    {
        var text = new StringBuilder();
        foreach (var happened in decision.Events)
            text.Append(JobEntity.Codec.TypeOf(happened).Split('.')[1]);
        if (decision.Lease is not null)
            text.Append('~');
        return text.Length > 0 ? text.ToString() : decision.Reply switch
        {
            null or StartReply { Started: null } or ContendReply.Free => ".",
            EndReply.Fenced or false or JobCommandResult.Refused => "x",
            JobCommandResult.NotFound => "?",
            SubmitReply { IsNew: false } or JobCommandResult.Done => "=",
            var other => $"{other}",
        };
    }

    private static IEnumerable<TheoryDataRow<string, string, string>> Rows(string table)
    {
        var lines = table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        return from row in lines.Skip(1)
               from column in Enumerable.Range(1, lines[0].Length - 1)
               select new TheoryDataRow<string, string, string>(row[0], lines[0][column], row[column]);
    }
}
