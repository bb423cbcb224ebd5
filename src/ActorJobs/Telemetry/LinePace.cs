namespace ActorJobs.Telemetry;

/// <summary>
/// Keeps a flood of like lines out of the log: of each sort the first <see cref="Lines"/> within a window are written, the rest are counted, and told as one
/// number when the window ends. So a log grows with the number of things that go wrong, not with how often they do.
/// </summary>
/// <typeparam name="TSort">What makes lines alike.</typeparam>
/// <param name="time">The clock.</param>
/// <param name="others">The sort that stands for all beyond <see cref="MaxSorts"/>: sorts come from users' names and must not fill the memory.</param>
/// <param name="tellRest">Told how many lines of a sort were left out; not in the turn of whoever wrote them.</param>
internal sealed class LinePace<TSort>(TimeProvider time, TSort others, Action<TSort, int> tellRest) : IDisposable
    where TSort : notnull
{
    /// <summary>How many lines of a sort are written in a window.</summary>
    public const int Lines = 5;

    /// <summary>How many sorts are told apart at once.</summary>
    public const int MaxSorts = 256;

    /// <summary>How long a window lasts, from its first line.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new(); // guards both: lines come from the turns of many shards, ends of windows from timers
    private readonly Dictionary<TSort, Count> counts = [];
    private bool isOver;

    /// <summary>Whether a line is to be written.</summary>
    public bool Admits(TSort sort)
    {
        lock (gate)
        {
            if (isOver)
                return true;
            var count = CountOf(sort);
            if (++count.Seen <= Lines)
                return true;
            // a timer only for sorts that overflow: what fails now and then costs none
            count.End ??= time.CreateTimer(_ => Close(count), null, Window - time.GetElapsedTime(count.Since), Timeout.InfiniteTimeSpan);
            return false;
        }
    }

    /// <summary>Tells what is left and lets every further line through.</summary>
    public void Dispose()
    {
        Count[] left;
        lock (gate)
        {
            isOver = true;
            left = [.. counts.Values];
        }

        foreach (var count in left)
            Close(count);
    }

    private Count CountOf(TSort sort)
    {
        if (!counts.ContainsKey(sort) && counts.Count >= MaxSorts)
        {
            foreach (var over in counts.Values.Where(IsOver).ToArray())
                counts.Remove(over.Sort);
            if (counts.Count >= MaxSorts)
                sort = others;
        }

        if (!counts.TryGetValue(sort, out var count) || IsOver(count))
            counts[sort] = count = new Count(sort, time.GetTimestamp());
        return count;
    }

    // one with a timer ends by that, which may be late: lines that come meanwhile are counted with it
    private bool IsOver(Count count) => count.End is null && time.GetElapsedTime(count.Since) >= Window;

    private void Close(Count count)
    {
        int leftOut;
        lock (gate)
        {
            if (counts.GetValueOrDefault(count.Sort) != count)
                return;
            counts.Remove(count.Sort);
            count.End?.Dispose();
            leftOut = count.Seen - Lines;
        }

        if (leftOut > 0)
            tellRest(count.Sort, leftOut);
    }

    /// <summary>The lines of a sort in its window. Written under the gate.</summary>
    private sealed class Count(TSort sort, long since)
    {
        public TSort Sort => sort;

        public long Since => since;

        public int Seen { get; set; }

        public ITimer? End { get; set; }
    }
}
