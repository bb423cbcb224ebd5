using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;

namespace ActorJobs.Pools;

/// <summary>Attempts that do not end by themselves: timed out, cancelled, interrupted.</summary>
internal sealed partial class WorkerPool
{
    private void Cancel(JobId job, int number)
    {
        if (held.FirstOrDefault(attempt => attempt.Id == job && attempt.Attempt == number) is not { } wanted)
            return;
        if (wanted.TryGiveBack())
        {
            Settle(wanted, AttemptOutcome.Cancelled, JobOutcome.Cancelled());
            return;
        }

        wanted.Stopping = AttemptOutcome.Cancelled;
        wanted.StoppingSince = host.Time.GetTimestamp();
        wanted.Cancel();
    }

    private void LookAtRunning()
    {
        foreach (var attempt in held.ToArray())
        {
            if (attempt.TakeNews() is { } news)
                Report(attempt, news, null);
            if (attempt.Elapsed >= attempt.Spec.Timeout)
                Abandon(attempt, AttemptOutcome.TimedOut, null);
            else if (attempt.Stopping == AttemptOutcome.Cancelled && host.Time.GetElapsedTime(attempt.StoppingSince) >= CancelGrace)
                Abandon(attempt, AttemptOutcome.Cancelled, JobOutcome.Cancelled());
        }
    }

    /// <summary>
    /// Ends an attempt without waiting for its code: the outcome stands, what the code still brings is refused by the attempt's number. The slot is
    /// free again; the code may go on as long as it likes, but is told to stop.
    /// </summary>
    private void Abandon(RunningAttempt attempt, AttemptOutcome how, JobOutcome? outcome)
    {
        if (!attempt.TryAbandon())
            return; // it has just ended by itself: its outcome is in the mailbox
        active--;
        attempt.Stopping = how;
        attempt.Cancel();
        Settle(attempt, how, outcome);
    }

    // claimed but not begun: they run elsewhere or later, no attempt used
    private void GiveBackWaiting()
    {
        foreach (var attempt in held.Where(attempt => attempt.TryGiveBack()).ToArray())
            Settle(attempt, AttemptOutcome.Interrupted, null);
    }

    // the slots they were claimed for are gone
    private void GiveBackBeyond(int slots)
    {
        if (held.Count <= slots)
            return;
        foreach (var attempt in held.Where(attempt => attempt.TryGiveBack()).Take(held.Count - slots).ToArray())
            Settle(attempt, AttemptOutcome.Interrupted, null);
    }

    // Handlers had the deadline to end in; what still runs is told to stop and handed back at once: the process is about to end, and what is
    // not handed back now would count as lost.
    private void InterruptAll()
    {
        GiveBackWaiting();
        foreach (var attempt in held.ToArray())
            Abandon(attempt, AttemptOutcome.Interrupted, null);
    }

    private void Settle(RunningAttempt attempt, AttemptOutcome how, JobOutcome? outcome)
    {
        held.Remove(attempt);
        Settle(attempt.Job, new EndAttempt(attempt.Attempt, how, outcome, attempt.Options.Backoff, attempt.Report));
    }

    private void Report(RunningAttempt attempt, AttemptReport report, IReplySink? sink) =>
        host.Entities.SendTo(attempt.Job.Shard, [new EntityCommand(attempt.Job.Key, new ReportAttempt(attempt.Attempt, report), sink)]);

    private static readonly TimeSpan CancelGrace = TimeSpan.FromSeconds(30);
}
