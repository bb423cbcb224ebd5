namespace ActorJobs.Workloads.Documents;

/// <summary>How long this node's last searches in one index took. Searches write, whoever asks reads; a figure that is a search behind does no harm.</summary>
internal sealed class SearchMeter
{
    private const int Kept = 1024;
    private readonly double[] last = new double[Kept];
    private long count;
    private long failed;

    public void Add(TimeSpan elapsed) => Volatile.Write(ref last[(Interlocked.Increment(ref count) - 1) % Kept], elapsed.TotalMilliseconds);

    public void AddFailed() => Interlocked.Increment(ref failed);

    public SearchFigures Read()
    {
        var total = Volatile.Read(ref count);
        var times = last.AsSpan(0, (int)Math.Min(total, Kept)).ToArray();
        Array.Sort(times);
        return new SearchFigures(total, Volatile.Read(ref failed), At(times, 50), At(times, 95), At(times, 99));
    }

    // nearest rank
    private static double? At(double[] sorted, int percent) =>
        sorted.Length == 0 ? null : sorted[Math.Max(0, (int)Math.Ceiling(sorted.Length * percent / 100.0) - 1)];
}

/// <summary>Searches in one index on the node that answers, since it started.</summary>
/// <param name="Count">How many were answered.</param>
/// <param name="Failed">How many failed.</param>
/// <param name="P50">Half of the last 1 024 took no longer, in milliseconds; null when there was none.</param>
/// <param name="P95">95 % took no longer.</param>
/// <param name="P99">99 % took no longer.</param>
public sealed record SearchFigures(long Count, long Failed, double? P50, double? P95, double? P99);
