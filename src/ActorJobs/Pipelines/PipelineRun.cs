using System.Runtime.ExceptionServices;
using System.Threading.Channels;

namespace ActorJobs.Pipelines;

/// <summary>A pipeline under way.</summary>
public sealed class PipelineRun
{
    private readonly PipelineOptions options;
    private readonly CancellationToken caller;
    private readonly CancellationTokenSource stop;
    private readonly long started;

    // filled by the stages while the recipe is connected, read only afterwards
    private readonly List<StageMeter> meters = [];
    private readonly List<Func<Task>> loops = [];

    private readonly Lock guard = new();

    // guarded by the lock: stages fail and set aside concurrently
    private readonly List<SetAsideItem> setAside = [];
    private Exception? failure;

    internal PipelineRun(PipelineOptions options, CancellationToken caller)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BufferSize, 1);
        this.options = options;
        this.caller = caller;
        stop = CancellationTokenSource.CreateLinkedTokenSource(caller);
        started = options.TimeProvider.GetTimestamp();
        Completion = Task.FromException<PipelineReport>(new InvalidOperationException("The run has not begun."));
    }

    /// <summary>Ends when every stage has ended; fails with the first error that is not an item's, or as cancelled.</summary>
    public Task<PipelineReport> Completion { get; private set; }

    /// <summary>The stages as they are now, from source to sink.</summary>
    public IReadOnlyList<StageView> Stages
    {
        get
        {
            var elapsed = options.TimeProvider.GetElapsedTime(started);
            return [.. meters.Select(meter => meter.View(elapsed))];
        }
    }

    /// <summary>The items set aside so far.</summary>
    public IReadOnlyList<SetAsideItem> SetAside
    {
        get
        {
            lock (guard)
                return [.. setAside];
        }
    }

    internal TimeProvider TimeProvider => options.TimeProvider;

    internal CancellationToken Stopping => stop.Token;

    /// <summary>Adds a stage with an output: its loop runs until it ends, and then the output is complete.</summary>
    internal ChannelReader<T> Add<T>(string name, Func<StageMeter, ChannelWriter<T>, Task> loop)
    {
        var output = Channel.CreateBounded<T>(new BoundedChannelOptions(options.BufferSize) { SingleReader = true, SingleWriter = true });
        var meter = new StageMeter(name, options.BufferSize, () => output.Reader.Count);
        meters.Add(meter);
        loops.Add(async () =>
        {
            await loop(meter, output.Writer).ConfigureAwait(false);
            output.Writer.Complete();
        });
        return output.Reader;
    }

    /// <summary>Adds the last stage.</summary>
    internal void AddSink(string name, Func<StageMeter, Task> loop)
    {
        var meter = new StageMeter(name, 0, static () => 0);
        meters.Add(meter);
        loops.Add(() => loop(meter));
    }

    /// <summary>Stops all stages. The first error is the run's: the neighbours' cancellations are its consequences.</summary>
    internal void Fail(Exception exception)
    {
        lock (guard)
            failure ??= exception;
        stop.Cancel();
    }

    internal void Begin() => Completion = CompleteAsync();

    /// <summary>Whether the item's failure is the item's own and there is room to keep it; if not, the error is the run's.</summary>
    internal bool TrySetAside(StageMeter meter, object? item, Exception error)
    {
        if (stop.IsCancellationRequested || !options.IsPoison(error))
            return false;
        lock (guard)
        {
            if (setAside.Count >= options.MaxSetAside)
                return false;
            setAside.Add(new SetAsideItem(meter.Name, item, error));
        }

        meter.Failed();
        return true;
    }

    private async Task<PipelineReport> CompleteAsync()
    {
        try
        {
            await Task.WhenAll(loops.Select(loop => Task.Run(() => GuardAsync(loop)))).ConfigureAwait(false);
            caller.ThrowIfCancellationRequested();
            if (failure is not null)
                ExceptionDispatchInfo.Throw(failure);
            return new PipelineReport(Stages, SetAside, options.TimeProvider.GetElapsedTime(started));
        }
        finally
        {
            stop.Dispose();
        }
    }

    private async Task GuardAsync(Func<Task> loop)
    {
        try
        {
            await loop().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }
}
