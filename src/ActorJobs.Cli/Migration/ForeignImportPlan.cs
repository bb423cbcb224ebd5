using System.Globalization;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>How another system's queue is drained.</summary>
/// <param name="Queue">The queue there.</param>
/// <param name="Kinds">What runs its jobs here.</param>
/// <param name="Batch">How many jobs are looked at, submitted and removed together.</param>
/// <param name="DryRun">Whether only to say what would be done.</param>
/// <param name="Shape">Puts options of the command line over each job.</param>
internal sealed record ForeignImportPlan(string Queue, KindMap Kinds, int Batch, bool DryRun, Func<SubmitJob, SubmitJob> Shape)
{
    private const int MaxMeta = 2000; // what a node takes

    /// <summary>The job here. Throws <see cref="NotCarriedException"/> when its arguments do not fit.</summary>
    public SubmitJob JobOf(string system, ForeignJob job)
    {
        var meta = new Dictionary<string, string> { ["imported.from"] = $"{system} {Queue}", ["imported.id"] = job.Id, ["imported.function"] = job.Function };
        foreach (var (name, value) in job.Meta)
            meta[name] = value;
        return Shape(new SubmitJob
        {
            Id = ForeignJobId.Of(system, job),
            Kind = Kinds.KindOf(job.Function),
            Args = Kinds.ArgumentsOf(job),
            RunAt = job.RunAt,
            StartBy = job.StartBy,
            Timeout = job.Timeout,
            MaxAttempts = job.Attempts,
            Backoff = job.Backoff,
            Priority = job.Priority,
            Tags = job.Tags,
            Meta = meta.ToDictionary(item => item.Key, item => item.Value.Length <= MaxMeta ? item.Value : string.Create(CultureInfo.InvariantCulture, $"{item.Value.AsSpan(0, MaxMeta - 1)}…")),
        });
    }
}

/// <summary>What draining did.</summary>
/// <param name="System">Which system: <c>rq</c>, <c>celery</c> or <c>sidekiq</c>.</param>
/// <param name="Queue">Its queue.</param>
/// <param name="DryRun">Whether nothing was done but looking.</param>
/// <param name="Found">Jobs of the queue that were looked at.</param>
/// <param name="Imported">Jobs that are stored here and were removed there; in a dry run those that could be.</param>
/// <param name="Existing">Of these, how many were here already: an import that was broken off had brought them.</param>
/// <param name="Left">Jobs that stay where they are.</param>
/// <param name="Gone">Jobs that are stored here, and were gone there when they were to be removed: a worker took them, and they may run in both.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Jobs">Which jobs stay and why; the first 1 000.</param>
internal sealed record ForeignImportReport(
    string System, string Queue, bool DryRun, long Found, long Imported, long Existing, long Left, long Gone, double Seconds, IReadOnlyList<LeftJob> Jobs);

/// <summary>A job that stays in the other system, or that a worker there took.</summary>
/// <param name="Id">Its id there; empty when it has none that can be read.</param>
/// <param name="Function">What would run it there; empty when that cannot be read.</param>
/// <param name="Place">Where it lies.</param>
/// <param name="Reason">Why, and what to do.</param>
internal sealed record LeftJob(string Id, string Function, string Place, string Reason);
