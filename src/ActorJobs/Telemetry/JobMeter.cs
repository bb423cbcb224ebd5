using System.Collections.Concurrent;
using ActorJobs.Jobs;

namespace ActorJobs.Telemetry;

/// <summary>
/// Measures jobs by their durable changes, on the node that owns their shard: what is counted has happened, once in the whole cluster, and equals
/// what the histories say.
/// </summary>
internal sealed class JobMeter(ActorJobsInstruments instruments)
{
    /// <summary>Beyond so many pairs of queue and kind, further ones are counted together: names are the callers', series cost memory everywhere.</summary>
    public const int MaxSeries = 256;

    /// <summary>The queue and kind under which the others are counted.</summary>
    public const string Other = "other";

    private readonly ConcurrentDictionary<(string Queue, string Kind), JobSeries> series = new();
    private readonly ConcurrentDictionary<string, bool> queues = new(StringComparer.Ordinal); // those of the series
    private readonly JobSeries others = new(instruments, Other, Other);
    private int count;

    public void Changed(JobState before, JobState after)
    {
        var spec = after.Spec!;
        if (before.Spec is null)
            Of(spec).Submitted();
        if (after.Running is { } started)
        {
            if (before.Running is null)
                Of(spec).Started(started.At - before.Since);
            return;
        }

        if (before.Running is not null && after.Attempt > before.Attempt)
            NoteEnd(Of(spec), after);
        if (after.Status.IsTerminal() && !before.Status.IsTerminal())
            Of(spec).Finished(after.Status);
    }

    /// <summary>A submit that made no job.</summary>
    public void Refused(string queue, string error) => instruments.Sent.Add(1, JobSeries.Refusal(Bounded(queue), error));

    /// <summary>A submit that met a job with its id or its unique key.</summary>
    public void Suppressed(string queue, bool byKey) => instruments.Duplicates.Add(1, JobSeries.Duplicate(Bounded(queue), byKey ? "unique-key" : "id"));

    private static void NoteEnd(JobSeries series, JobState after)
    {
        if (after.Attempts is not [.., { Outcome: { } outcome } last])
            return;
        series.Ended(outcome, (last.FinishedAt ?? last.StartedAt) - last.StartedAt);
        if (!after.Status.IsTerminal() && outcome is not (AttemptOutcome.Snoozed or AttemptOutcome.Interrupted))
            series.Retried();
    }

    private JobSeries Of(JobSpec spec)
    {
        if (series.TryGetValue((spec.Queue, spec.Kind), out var known))
            return known;
        if (Volatile.Read(ref count) >= MaxSeries || Interlocked.Increment(ref count) > MaxSeries)
            return others;
        queues.TryAdd(spec.Queue, true);
        return series.GetOrAdd((spec.Queue, spec.Kind), static (key, all) => new JobSeries(all, key.Queue, key.Kind), instruments);
    }

    // a refused submit's queue may be any name at all
    private string Bounded(string queue) => queues.ContainsKey(queue) ? queue : Other;
}
