namespace ActorJobs.Pipelines;

/// <summary>A pipeline with both ends, ready to be started.</summary>
public sealed class RunnablePipeline
{
    private readonly Action<PipelineRun> connect;

    internal RunnablePipeline(Action<PipelineRun> connect) => this.connect = connect;

    /// <summary>Starts the stages. Await <see cref="PipelineRun.Completion"/>: no stage outlives it.</summary>
    /// <param name="options">Bounds and rules. Default: those of <see cref="PipelineOptions"/>.</param>
    /// <param name="cancellationToken">Stops all stages; what is between them is dropped.</param>
    public PipelineRun Start(PipelineOptions? options = null, CancellationToken cancellationToken = default)
    {
        var run = new PipelineRun(options ?? new PipelineOptions(), cancellationToken);
        connect(run);
        run.Begin();
        return run;
    }

    /// <summary>Starts the stages and waits for their end.</summary>
    public Task<PipelineReport> RunAsync(PipelineOptions? options = null, CancellationToken cancellationToken = default) =>
        Start(options, cancellationToken).Completion;
}
