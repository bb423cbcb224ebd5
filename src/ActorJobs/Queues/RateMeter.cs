namespace ActorJobs.Queues;

/// <summary>Counts per second over the last minute, without locks: a count at the turn of a second may go to either side.</summary>
internal sealed class RateMeter(TimeProvider time)
{
    private const int Slots = 61;
    private const int Window = 10;

    private readonly long[] counts = new long[Slots];
    private readonly long[] seconds = new long[Slots];

    /// <summary>The mean of the last ten whole seconds.</summary>
    public double PerSecond
    {
        get
        {
            var now = Second();
            double sum = 0;
            for (var ago = 1; ago <= Window; ago++)
                sum += CountIn(now - ago);
            return sum / Window;
        }
    }

    public void Add(long count)
    {
        var now = Second();
        var slot = (int)(now % Slots);
        var second = Volatile.Read(ref seconds[slot]);
        if (second != now && Interlocked.CompareExchange(ref seconds[slot], now, second) == second)
            Interlocked.Exchange(ref counts[slot], 0);
        Interlocked.Add(ref counts[slot], count);
    }

    /// <summary>The count of a whole second, so many seconds ago (1 to 60).</summary>
    public long Ago(int ago) => CountIn(Second() - ago);

    private long CountIn(long second)
    {
        var slot = (int)(second % Slots);
        return Volatile.Read(ref seconds[slot]) == second ? Interlocked.Read(ref counts[slot]) : 0;
    }

    private long Second() => time.GetUtcNow().ToUnixTimeSeconds();
}
