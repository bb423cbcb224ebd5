using System.Threading.Channels;

namespace ActorJobs.Pipelines;

/// <summary>A pipeline up to and including one stage. A recipe: nothing runs before <see cref="RunnablePipeline.Start"/>.</summary>
/// <typeparam name="T">What the stage emits.</typeparam>
public sealed class PipelineStage<T>
{
    private readonly Func<PipelineRun, ChannelReader<T>> connect;

    internal PipelineStage(Func<PipelineRun, ChannelReader<T>> connect) => this.connect = connect;

    /// <summary>
    /// Turns each item into another. An item whose <paramref name="selector"/> throws is set aside with its error and the stage goes on.
    /// </summary>
    /// <param name="name">The stage's name in reports.</param>
    /// <param name="selector">Runs for up to <paramref name="parallelism"/> items at once.</param>
    /// <param name="parallelism">At least 1. Order is kept whatever it is, so one slow item holds back at most this many behind it. Default: 1.</param>
    public PipelineStage<TOut> Select<TOut>(string name, Func<T, CancellationToken, ValueTask<TOut>> selector, int parallelism = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parallelism, 1);
        return new(run => SelectStage.Connect(run, name, connect(run), selector, parallelism));
    }

    /// <summary>Gathers items into lists.</summary>
    /// <param name="name">The stage's name in reports.</param>
    /// <param name="size">A list of this many leaves at once. At least 1.</param>
    /// <param name="time">A shorter list leaves when its first item has waited this long, or at the end.</param>
    public PipelineStage<IReadOnlyList<T>> Batch(string name, int size, TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        return new(run => BatchStage.Connect(run, name, connect(run), size, time));
    }

    /// <summary>Ends the pipeline. An item that <paramref name="sink"/> throws on is set aside like any other.</summary>
    /// <param name="name">The stage's name in reports.</param>
    /// <param name="sink">Gets the items one at a time and in order.</param>
    public RunnablePipeline To(string name, Func<T, CancellationToken, ValueTask> sink) =>
        new(run => SinkStage.Connect(run, name, connect(run), sink));
}
