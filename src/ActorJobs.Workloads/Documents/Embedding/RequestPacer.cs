namespace ActorJobs.Workloads.Documents;

/// <summary>Lets requests begin at most so often, evenly spaced, and none before an endpoint wants them again.</summary>
/// <param name="perMinute">How many; 0 is no limit.</param>
/// <param name="time">The clock.</param>
internal sealed class RequestPacer(int perMinute, TimeProvider time)
{
    private readonly TimeSpan interval = perMinute == 0 ? TimeSpan.Zero : TimeSpan.FromMinutes(1) / perMinute;
    private readonly Lock guard = new();

    // guarded by the lock: when the next request may begin
    private DateTimeOffset next = DateTimeOffset.MinValue;

    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        var delay = Reserve();
        if (delay > TimeSpan.Zero)
            await Task.Delay(delay, time, cancellationToken);
    }

    /// <summary>Holds all requests back: the endpoint has said when it takes some again.</summary>
    public void HoldBack(TimeSpan delay)
    {
        var until = time.GetUtcNow() + delay;
        lock (guard)
            next = until > next ? until : next;
    }

    /// <summary>How long the next request has to wait; its turn is taken.</summary>
    internal TimeSpan Reserve()
    {
        var now = time.GetUtcNow();
        lock (guard)
        {
            var begin = next > now ? next : now;
            next = begin + interval;
            return begin - now;
        }
    }
}
