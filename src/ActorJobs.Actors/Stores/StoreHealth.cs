namespace ActorJobs.Actors.Stores;

/// <summary>Whether the store answers. Written by the committer, read by anyone.</summary>
public sealed class StoreHealth(TimeProvider time)
{
    private const long Never = long.MinValue;

    // longer than a write stays under way that nobody waits for any more
    private static readonly TimeSpan Lateness = TimeSpan.FromSeconds(30);

    private Outage? outage;
    private long lastFailure = Never; // a timestamp

    /// <summary>Since when and why it does not answer, or null while it does.</summary>
    public Outage? Current => Volatile.Read(ref outage);

    /// <summary>
    /// Whether a write whose outcome was unknown may still come in. The first write of an entity, done again and then late, would make one anew that has been
    /// deleted meanwhile: nothing is deleted while this holds.
    /// </summary>
    internal bool MayBeLate => Volatile.Read(ref lastFailure) is var last && last != Never && time.GetElapsedTime(last) < Lateness;

    internal void Failed(Exception error)
    {
        Volatile.Write(ref lastFailure, time.GetTimestamp());
        Volatile.Write(ref outage, new Outage(outage?.Since ?? time.GetUtcNow(), error.Message));
    }

    internal void Recovered()
    {
        if (outage is not null)
            Volatile.Write(ref outage, null);
    }

    /// <summary>A time without answers.</summary>
    public sealed record Outage(DateTimeOffset Since, string Reason);
}
