namespace ActorJobs.Actors.Stores;

/// <summary>Whether the store answers. Written by the committer, read by anyone.</summary>
public sealed class StoreHealth(TimeProvider time)
{
    private Outage? outage;

    /// <summary>Since when and why it does not answer, or null while it does.</summary>
    public Outage? Current => Volatile.Read(ref outage);

    internal void Failed(Exception error) =>
        Volatile.Write(ref outage, new Outage(outage?.Since ?? time.GetUtcNow(), error.Message));

    internal void Recovered()
    {
        if (outage is not null)
            Volatile.Write(ref outage, null);
    }

    /// <summary>A time without answers.</summary>
    public sealed record Outage(DateTimeOffset Since, string Reason);
}
