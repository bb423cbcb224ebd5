namespace ActorJobs.Pools.Isolated;

/// <summary>
/// The child processes of an isolated pool: one attempt at a time in each, reused until recycled, and one more than busy kept warm, so that an attempt need not wait for a
/// process to start. Used by slots, on any thread.
/// </summary>
internal sealed class IsolatedPool(PoolOptions options, IsolatedCommand command, TimeProvider time)
{
    private readonly Lock gate = new(); // guards all below
    private readonly Stack<ChildProcess> idle = new();
    private int children; // alive or starting
    private bool isWarming;
    private bool isClosed;

    /// <summary>How many attempts the pool runs at once; set before the first.</summary>
    public Func<int> Size { get; set; } = () => 1;

    /// <summary>Processes that wait for an attempt.</summary>
    public int Idle
    {
        get
        {
            lock (gate)
                return idle.Count;
        }
    }

    /// <summary>Runs an attempt in a child process. For a slot.</summary>
    public async ValueTask<JobOutcome> RunAsync(RawJson args, JobContext context)
    {
        var child = await TakeAsync().ConfigureAwait(false);
        try
        {
            var outcome = await new IsolatedRun(child, (RunningAttempt)context, options.MemoryLimit, time).RunAsync().ConfigureAwait(false);
            Return(child);
            return outcome;
        }
        catch
        {
            Drop(child);
            throw;
        }
    }

    /// <summary>Starts a process for the next attempt, unless one is idle or there are enough.</summary>
    public void Warm()
    {
        lock (gate)
        {
            if (isClosed || isWarming || idle.Count > 0 || children > Size())
                return;
            isWarming = true;
            children++;
        }

        _ = WarmAsync();
    }

    /// <summary>The node is ending: idle processes leave, busy ones when their attempts have ended.</summary>
    public async Task CloseAsync()
    {
        ChildProcess[] leaving;
        lock (gate)
        {
            isClosed = true;
            leaving = [.. idle];
            idle.Clear();
        }

        await Task.WhenAll(leaving.Select(child => child.LeaveAsync())).ConfigureAwait(false);
    }

    private async Task<ChildProcess> TakeAsync()
    {
        ChildProcess? warm = null;
        lock (gate)
        {
            while (warm is null && idle.TryPop(out var child))
            {
                if (child.IsAlive)
                    warm = child;
                else
                    Forget(child);
            }

            if (warm is null)
                children++;
        }

        try
        {
            return warm ?? await ChildProcess.StartAsync(command, time).ConfigureAwait(false);
        }
        catch
        {
            lock (gate)
                children--;
            throw;
        }
        finally
        {
            Warm();
        }
    }

    private void Return(ChildProcess child)
    {
        var isWorn = child.Runs >= options.RecycleAfter || (options.MemoryLimit is { } limit && child.ResidentBytes > limit / 4 * 3);
        lock (gate)
        {
            if (!isClosed && !isWorn && children <= Size() + 1)
            {
                idle.Push(child);
                return;
            }

            children--;
        }

        _ = child.LeaveAsync();
        Warm();
    }

    private void Drop(ChildProcess child)
    {
        lock (gate)
            Forget(child);
        Warm();
    }

    private void Forget(ChildProcess child)
    {
        children--;
        child.Dispose();
    }

    private async Task WarmAsync()
    {
        ChildProcess? child = null;
        try
        {
            child = await ChildProcess.StartAsync(command, time).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the next attempt starts one itself, and says why it could not
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        lock (gate)
        {
            isWarming = false;
            if (child is not null && !isClosed)
            {
                idle.Push(child);
                return;
            }

            children--;
        }

        child?.Dispose();
    }
}
