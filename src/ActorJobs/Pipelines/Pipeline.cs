namespace ActorJobs.Pipelines;

/// <summary>
/// Typed stages with a bounded channel between each two, so that the slowest stage sets the pace of all: <c>From -> Select -> Batch -> To</c>.
/// Stages are demand-driven and keep the order of their items, so what the sink has seen is always a prefix of the source: a resume point.
/// </summary>
public static class Pipeline
{
    /// <summary>Begins a pipeline with the items of <paramref name="source"/>, read one at a time as there is room.</summary>
    /// <param name="name">The stage's name in reports.</param>
    /// <param name="source">Read once, by one reader. An exception it throws fails the run: only items can be set aside.</param>
    public static PipelineStage<T> From<T>(string name, IAsyncEnumerable<T> source) =>
        new(run => SourceStage.Connect(run, name, source));

    /// <summary>Begins a pipeline with the items of <paramref name="source"/>, enumerated on the thread pool.</summary>
    /// <param name="name">The stage's name in reports.</param>
    /// <param name="source">Read once, by one reader.</param>
    public static PipelineStage<T> From<T>(string name, IEnumerable<T> source) =>
        new(run => SourceStage.Connect(run, name, source.ToAsyncEnumerable()));
}
