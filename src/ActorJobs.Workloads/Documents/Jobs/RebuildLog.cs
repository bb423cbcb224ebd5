namespace ActorJobs.Workloads.Documents;

/// <summary>The last rebuilds of an index, newest first, in a file beside it: they outlive the jobs' retention.</summary>
internal sealed class RebuildLog(IndexLayout layout)
{
    private const int Kept = 50;

    public IReadOnlyList<RebuildRun> Read() => DurableFiles.ReadJson<RebuildRun[]>(layout.Runs) ?? [];

    /// <summary>Adds a run, in the place of an earlier attempt of its job. Rebuilds of one index do not run at once, so there is one writer.</summary>
    public void Add(RebuildRun run) => DurableFiles.WriteJson(layout.Runs, Read().Where(other => other.Job != run.Job).Prepend(run).Take(Kept).ToArray());
}

/// <summary>A rebuild that has ended.</summary>
/// <param name="Job">Its job.</param>
/// <param name="EndedAt">When.</param>
/// <param name="Attempt">Which attempt of the job ended it.</param>
/// <param name="Version">The version that was made, or is served still because nothing has changed; null when it failed.</param>
/// <param name="Unchanged">Whether nothing had changed.</param>
/// <param name="Documents">Documents in the version.</param>
/// <param name="Passages">Passages in it.</param>
/// <param name="SetAside">Documents that could not be embedded.</param>
/// <param name="DocumentsEmbedded">Documents embedded by this rebuild; the others were found embedded.</param>
/// <param name="Seconds">How long the last attempt took.</param>
/// <param name="EmbedSeconds">Of that, until all was embedded.</param>
/// <param name="BuildSeconds">Of that, to build the version.</param>
/// <param name="SwapSeconds">Of that, to put it in service on all nodes.</param>
/// <param name="Error">Why it failed.</param>
public sealed record RebuildRun(
    string Job, DateTimeOffset EndedAt, int Attempt, int? Version, bool Unchanged, int Documents, int Passages, int SetAside, int DocumentsEmbedded,
    double Seconds, double EmbedSeconds, double BuildSeconds, double SwapSeconds, string? Error)
{
    /// <summary>Documents embedded in a second; null when there were none.</summary>
    public double? Rate => DocumentsEmbedded > 0 && EmbedSeconds > 0 ? DocumentsEmbedded / EmbedSeconds : null;
}
