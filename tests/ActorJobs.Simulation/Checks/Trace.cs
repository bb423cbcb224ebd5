namespace ActorJobs.Simulation.Checks;

/// <summary>What happened in a run, in order: always as a hash that tells two runs apart, on demand as lines.</summary>
/// <param name="time">The clock of the run.</param>
/// <param name="write">Takes each line; null keeps the hash only.</param>
internal sealed class Trace(TimeProvider time, Action<string>? write)
{
    private readonly DateTimeOffset start = time.GetUtcNow();
    private ulong hash = 14695981039346656037UL; // FNV-1a, 64 bits

    /// <summary>Tells this run from every other one.</summary>
    public ulong Hash => hash;

    /// <summary>How long the run has lasted.</summary>
    public TimeSpan Now => time.GetUtcNow() - start;

    /// <summary>Notes an event.</summary>
    /// <param name="who">The node, or another actor in the run.</param>
    /// <param name="what">What it did.</param>
    /// <param name="which">To what.</param>
    /// <param name="number">A number about it.</param>
    public void Note(string who, string what, string which = "", long number = 0)
    {
        Mix((ulong)Now.Ticks);
        Mix(who);
        Mix(what);
        Mix(which);
        Mix((ulong)number);
        write?.Invoke($"{Now.TotalSeconds,9:0.0000} {who,-8} {what} {which}{(number == 0 ? "" : $" {number}")}");
    }

    private void Mix(string text)
    {
        foreach (var unit in text)
            hash = (hash ^ unit) * 1099511628211UL;
        Mix((ulong)text.Length);
    }

    private void Mix(ulong value) => hash = (hash ^ value) * 1099511628211UL;
}
