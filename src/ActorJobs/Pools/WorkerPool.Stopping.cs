using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;

namespace ActorJobs.Pools;

/// <summary>Attempts that do not end by themselves: timed out, cancelled, interrupted.</summary>
internal sealed partial class WorkerPool
{
    private void Cancel(JobId job, int number)
    {
        foreach (var attempt in running.Concat(ready))
        {
            if (attempt.Id != job || attempt.Attempt != number)
                continue;
            attempt.Stopping = AttemptOutcome.Cancelled;
            attempt.StoppingSince = host.Time.GetTimestamp();
            attempt.Cancel();
        }
    }

    private void LookAtRunning()
    {
        foreach (var attempt in running.ToArray())
        {
            if (attempt.TakeNews() is { } news)
                Report(attempt, news, null);
            if (host.Time.GetElapsedTime(attempt.BegunAt) >= attempt.Spec.Timeout)
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
        running.Remove(attempt);
        attempt.Stopping = how;
        attempt.Cancel();
        Settle(attempt.Job, new EndAttempt(attempt.Attempt, how, outcome, attempt.Options.Backoff, attempt.Report));
    }

    // claimed but not begun: they run elsewhere or later, no attempt used
    private void GiveBackReady()
    {
        while (ready.TryDequeue(out var attempt))
            Settle(attempt.Job, new EndAttempt(attempt.Attempt, AttemptOutcome.Interrupted, null, Backoff.Default, attempt.Report));
    }

    // Handlers that listen to their token end as interrupted by themselves within a moment; the others are abandoned at once:
    // the process is about to end, and what is not handed back now would count as lost.
    private void InterruptAll()
    {
        GiveBackReady();
        foreach (var attempt in running.ToArray())
            Abandon(attempt, AttemptOutcome.Interrupted, null);
    }

    private void Report(RunningAttempt attempt, AttemptReport report, IReplySink? sink) =>
        host.Entities.SendTo(attempt.Job.Shard, [new EntityCommand(attempt.Job.Key, new ReportAttempt(attempt.Attempt, report), sink)]);

    private static readonly TimeSpan CancelGrace = TimeSpan.FromSeconds(30);
}
