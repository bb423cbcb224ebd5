namespace ActorJobs.Pipelines;

/// <summary>Counts what passes a stage. Written by the stage's workers, read by whoever looks.</summary>
internal sealed class StageMeter(string name, int capacity, Func<int> buffered)
{
    private long received;
    private long emitted;
    private long setAside;
    private long consumed;

    public string Name { get; } = name;

    /// <summary>Items were taken in.</summary>
    public void Received() => Interlocked.Increment(ref received);

    /// <summary>An output left, made of as many inputs.</summary>
    public void Emitted(int inputs = 1)
    {
        Interlocked.Increment(ref emitted);
        Interlocked.Add(ref consumed, inputs);
    }

    /// <summary>An input was set aside.</summary>
    public void Failed()
    {
        Interlocked.Increment(ref setAside);
        Interlocked.Increment(ref consumed);
    }

    public StageView View(TimeSpan elapsed)
    {
        // consumed first: read the other way round, an item between the reads would count as minus one in flight
        var done = Interlocked.Read(ref consumed);
        var taken = Interlocked.Read(ref received);
        var left = Interlocked.Read(ref emitted);
        var rate = elapsed > TimeSpan.Zero ? left / elapsed.TotalSeconds : 0;
        return new StageView(Name, taken, left, Interlocked.Read(ref setAside), taken - done, buffered(), capacity, rate);
    }
}
