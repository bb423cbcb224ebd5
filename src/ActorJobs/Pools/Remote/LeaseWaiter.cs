namespace ActorJobs.Pools.Remote;

/// <summary>A worker's request while it waits. Guarded by its desk's gate, but for the tasks.</summary>
internal sealed class LeaseWaiter(int limit)
{
    private readonly TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource full = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What it has got so far.</summary>
    public List<Lease> Got { get; } = [];

    /// <summary>How many more it takes.</summary>
    public int Wants => limit - Got.Count;

    /// <summary>Completes with the first job, or when there will be none.</summary>
    public Task First => first.Task;

    /// <summary>Completes when it takes no more.</summary>
    public Task Full => full.Task;

    public void Add(Lease lease)
    {
        Got.Add(lease);
        first.TrySetResult();
        if (Wants == 0)
            full.TrySetResult();
    }

    /// <summary>There will be nothing more.</summary>
    public void Release()
    {
        first.TrySetResult();
        full.TrySetResult();
    }
}
