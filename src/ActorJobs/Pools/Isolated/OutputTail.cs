namespace ActorJobs.Pools.Isolated;

/// <summary>The last lines that a process has written, bounded.</summary>
internal sealed class OutputTail
{
    private const int MaxLines = 50;
    private const int MaxLength = 500;

    private readonly Lock gate = new(); // guards lines
    private readonly Queue<string> lines = new();

    public void Add(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        lock (gate)
        {
            lines.Enqueue(line.Length <= MaxLength ? line : line[..MaxLength]);
            if (lines.Count > MaxLines)
                lines.Dequeue();
        }
    }

    public void Clear()
    {
        lock (gate)
            lines.Clear();
    }

    /// <summary>Null when there are none.</summary>
    public string? Text
    {
        get
        {
            lock (gate)
                return lines.Count == 0 ? null : string.Join('\n', lines);
        }
    }
}
