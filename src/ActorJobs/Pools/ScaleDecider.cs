namespace ActorJobs.Pools;

/// <summary>
/// Decides a pool's size by how long jobs wait for its slots. Pure. It grows by half when jobs have waited too long twice in a row while all slots were busy, and shrinks
/// by a quarter of what is idle when they have hardly waited for half a minute: quick up and slow down, with a band between in which it stays, so that it does not swing.
/// </summary>
internal static class ScaleDecider
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private const int LooksBeforeGrowth = 2;
    private const int LooksBeforeShrinking = 30;
    private const int Ease = 4; // waits below a quarter of the target are short

    public static (ScaleState State, int Size) Next(ScaleState state, ScaleReading reading, PoolBounds bounds, TimeSpan target)
    {
        var size = bounds.Clamp(reading.Size);
        var isLate = reading.Wait > target && reading.Busy >= size;
        var isEasy = reading.Wait <= target / Ease && reading.Busy < size;
        state = new ScaleState(isLate ? state.Late + 1 : 0, isEasy ? state.Easy + 1 : 0);
        if (state.Late >= LooksBeforeGrowth && size < bounds.Max)
            return (default, bounds.Clamp(size + Math.Max(1, size / 2)));
        if (state.Easy >= LooksBeforeShrinking && size > bounds.Min)
            return (default, bounds.Clamp(size - Math.Max(1, (size - reading.Busy) / 4)));
        return (state, size);
    }
}

/// <summary>For how many looks in a row jobs have waited too long, or hardly.</summary>
internal readonly record struct ScaleState(int Late, int Easy);

/// <summary>What a look has found.</summary>
/// <param name="Size">The slots.</param>
/// <param name="Busy">Those that ran something.</param>
/// <param name="Wait">The longest that a job has waited, or waits.</param>
internal readonly record struct ScaleReading(int Size, int Busy, TimeSpan Wait);

/// <summary>Between how many slots a pool scales itself.</summary>
internal readonly record struct PoolBounds(int Min, int Max)
{
    public static PoolBounds? Of(PoolOptions pool) => pool.Max is { } max ? new(pool.Min ?? 1, max) : null;

    public int Clamp(int size) => Math.Clamp(size, Min, Max);
}
