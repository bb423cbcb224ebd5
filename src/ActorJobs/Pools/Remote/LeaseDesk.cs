namespace ActorJobs.Pools.Remote;

/// <summary>
/// Where workers wait for the jobs of a remote pool. The pool has as many slots as there are leases and places in waiting requests, so that nothing is claimed for
/// which nobody has asked; what comes too late for its request is kept a moment for the next one, and then goes back.
/// </summary>
internal sealed class LeaseDesk(TimeSpan duration, LeaseBook book, TimeProvider time)
{
    private const int MaxWaiters = 1000;
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(20); // jobs claimed together come within this

    private readonly Lock gate = new(); // guards all below
    private readonly LinkedList<LeaseWaiter> waiters = [];
    private readonly List<Lease> parked = [];
    private int open; // leases whose attempts have not ended
    private int told;
    private bool isClosed;

    /// <summary>Tells the pool how many slots it has; set before the first request.</summary>
    public Action<int> Resize { get; set; } = _ => { };

    /// <summary>Runs an attempt: has somebody lease it, and waits for what becomes of it. For a slot.</summary>
    public async ValueTask<JobOutcome> RunAsync(RawJson args, JobContext context)
    {
        var lease = book.Open((RunningAttempt)context, duration);
        Offer(lease, isNew: true);
        try
        {
            return await lease.Outcome.ConfigureAwait(false);
        }
        finally
        {
            Leave(lease);
        }
    }

    public async ValueTask<LeaseResult> LeaseAsync(LeaseRequest request, CancellationToken cancellationToken)
    {
        var waiter = new LeaseWaiter(request.Limit);
        if (!TryBegin(waiter))
            return new LeaseResult.Unavailable("The node is ending, or too many workers wait here.", TimeSpan.FromSeconds(1));
        try
        {
            await waiter.First.WaitAsync(request.Wait, time, cancellationToken).ConfigureAwait(false);
            await waiter.Full.WaitAsync(Linger, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // with what there is
        }
        catch (OperationCanceledException)
        {
            foreach (var lease in End(waiter))
                Offer(lease, isNew: false);
            throw;
        }

        return new LeaseResult.Leased([.. End(waiter).Select(lease => lease.HandTo(request.Worker))]);
    }

    /// <summary>The node is ending: those who wait go with what they have.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            foreach (var waiter in waiters)
                waiter.Release();
        }
    }

    private bool TryBegin(LeaseWaiter waiter)
    {
        lock (gate)
        {
            if (isClosed || waiters.Count == MaxWaiters)
                return false;
            while (parked.Count > 0 && waiter.Wants > 0)
            {
                waiter.Add(parked[0]);
                parked.RemoveAt(0);
            }

            waiters.AddLast(waiter);
            Tell();
            return true;
        }
    }

    private List<Lease> End(LeaseWaiter waiter)
    {
        lock (gate)
        {
            waiters.Remove(waiter);
            Tell();
            return waiter.Got;
        }
    }

    private void Offer(Lease lease, bool isNew)
    {
        lock (gate)
        {
            open += isNew ? 1 : 0;
            if (waiters.FirstOrDefault(waiter => waiter.Wants > 0) is { } waiter)
                waiter.Add(lease);
            else
                parked.Add(lease);
            Tell();
        }
    }

    private void Leave(Lease lease)
    {
        book.Close(lease);
        lock (gate)
        {
            open--;
            parked.Remove(lease);
            Tell();
        }
    }

    private void Tell()
    {
        var size = open + waiters.Sum(waiter => waiter.Wants);
        if (size != told)
            Resize(told = size);
    }
}
