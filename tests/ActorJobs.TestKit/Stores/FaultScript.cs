namespace ActorJobs.TestKit.Stores;

/// <summary>What is to go wrong with the next calls of one kind, in order; calls beyond the script pass.</summary>
public sealed class FaultScript
{
    private readonly Lock gate = new(); // guards everything below
    private readonly Queue<Step> steps = new();
    private bool isDown;

    private enum Fault
    {
        FailBefore,
        FailAfter,
        Hold,
        HoldResult,
        Late,
        Pass,
        Hang,
    }

    /// <summary>The next calls pass.</summary>
    /// <param name="calls">How many.</param>
    public FaultScript Pass(int calls)
    {
        for (var call = 0; call < calls; call++)
            Add(new Step(Fault.Pass, null));
        return this;
    }

    /// <summary>The next call has no effect and never answers: it ends when its caller gives up, and fails at once when the caller never would.</summary>
    public FaultScript Hang() => Add(new Step(Fault.Hang, null));

    /// <summary>The next call fails and has no effect.</summary>
    public FaultScript FailBefore() => Add(new Step(Fault.FailBefore, null));

    /// <summary>The next call has its effect, and fails all the same: for the caller the outcome is unknown.</summary>
    public FaultScript FailAfter() => Add(new Step(Fault.FailAfter, null));

    /// <summary>The next call waits for its release before it has its effect.</summary>
    public StoreHold Hold() => Add(new StoreHold(), Fault.Hold);

    /// <summary>The next call has its effect, and its answer waits for its release.</summary>
    public StoreHold HoldResult() => Add(new StoreHold(), Fault.HoldResult);

    /// <summary>The next call fails at once, and has its effect when released: the caller gave up on a store that did not.</summary>
    public StoreHold Late() => Add(new StoreHold(), Fault.Late);

    /// <summary>Calls fail without effect from now on, before any step of the script, until <see cref="ComeBack"/>.</summary>
    public void GoDown() => SetDown(true);

    /// <summary>Ends what <see cref="GoDown"/> began.</summary>
    public void ComeBack() => SetDown(false);

    /// <summary>Forgets the steps not yet taken.</summary>
    public void Clear()
    {
        lock (gate)
            steps.Clear();
    }

    internal async ValueTask<TResult> RunAsync<TResult>(Func<ValueTask<TResult>> call, CancellationToken cancellationToken)
    {
        var step = Next();
        if (step?.Fault == Fault.FailBefore)
            throw new StoreFaultException("the call was lost on its way");
        if (step?.Fault == Fault.Late)
        {
            _ = LateAsync(step.Hold!, call);
            throw new StoreFaultException("the caller gave up");
        }

        if (step?.Fault == Fault.Hang)
            await HangAsync(cancellationToken).ConfigureAwait(false);
        if (step?.Fault == Fault.Hold)
            await step.Hold!.WaitAsync().ConfigureAwait(false);
        var result = await call().ConfigureAwait(false);
        if (step?.Fault == Fault.FailAfter)
            throw new StoreFaultException("the answer was lost on its way");
        if (step?.Fault == Fault.HoldResult)
            await step.Hold!.WaitAsync().ConfigureAwait(false);
        return result;
    }

    private static async Task LateAsync<TResult>(StoreHold hold, Func<ValueTask<TResult>> call)
    {
        await hold.WaitAsync().ConfigureAwait(false);
        await call().ConfigureAwait(false);
    }

    private static async Task HangAsync(CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled)
            throw new StoreFaultException("nobody would ever have given up");
        var never = new TaskCompletionSource(); // not a delay: the end of the wait goes on inside of what brings it about
        using var end = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
        await never.Task.ConfigureAwait(false);
    }

    private Step? Next()
    {
        lock (gate)
        {
            if (isDown)
                return new Step(Fault.FailBefore, null);
            return steps.TryDequeue(out var step) ? step : null;
        }
    }

    private StoreHold Add(StoreHold hold, Fault fault)
    {
        Add(new Step(fault, hold));
        return hold;
    }

    private FaultScript Add(Step step)
    {
        lock (gate)
            steps.Enqueue(step);
        return this;
    }

    private void SetDown(bool value)
    {
        lock (gate)
            isDown = value;
    }

    private sealed record Step(Fault Fault, StoreHold? Hold);
}

/// <summary>A store call that waits for the test.</summary>
public sealed class StoreHold
{
    // The continuation runs on the releasing thread: a deterministic test must see all effects of the release when it returns.
    private readonly TaskCompletionSource released = new();
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the call has come to where it waits.</summary>
    public Task Reached => reached.Task;

    /// <summary>Lets the call go on.</summary>
    public void Release() => Complete(() => released.TrySetResult());

    /// <summary>Makes the call fail where it waits.</summary>
    public void Fail() => Complete(() => released.TrySetException(new StoreFaultException("the held call was lost")));

    internal Task WaitAsync()
    {
        reached.TrySetResult();
        return released.Task;
    }

    // under a synchronisation context continuations would be moved to the thread pool
    private static void Complete(Action complete)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            complete();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}

/// <summary>A failure that a test asked for.</summary>
public sealed class StoreFaultException(string message) : Exception(message);
