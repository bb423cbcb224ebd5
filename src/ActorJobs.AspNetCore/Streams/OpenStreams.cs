namespace ActorJobs.AspNetCore;

/// <summary>Counts the open event streams of a node: each holds a connection, so there is a limit.</summary>
internal sealed class OpenStreams(int max = OpenStreams.DefaultMax)
{
    /// <summary>A thousand watchers are more than people; programs should ask for what they need.</summary>
    public const int DefaultMax = 1000;

    // written by every stream, with interlocked operations
    private int open;

    public bool TryOpen()
    {
        if (Interlocked.Increment(ref open) <= max)
            return true;
        Close();
        return false;
    }

    public void Close() => Interlocked.Decrement(ref open);
}
