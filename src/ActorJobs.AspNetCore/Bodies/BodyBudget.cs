namespace ActorJobs.AspNetCore;

/// <summary>
/// Bounds the bytes of request bodies under way on the node. What is above the bound is refused and not made to wait: a waiting request holds its
/// connection and tells its sender nothing.
/// </summary>
/// <param name="capacity">How many bytes; the last quarter is for small bodies alone, so that these pass beside large ones.</param>
internal sealed class BodyBudget(long capacity)
{
    /// <summary>The longest body that counts as small, in bytes.</summary>
    public const int Small = 64 << 10;

    /// <summary>The longest body that any address reads, in bytes; longer ones are refused unread.</summary>
    public const int Largest = BatchEndpoints.MaxBody;

    // A batch costs about four times its length until it is stored: its bytes, the arguments of its jobs, and both once more as they are written.
    // An eighth leaves half of the memory to everything else.
    private const int MemoryShare = 8;

    private readonly Lock gate = new(); // guards all below, and what claims hold
    private long taken;
    private int largeClaims;

    /// <summary>The budget of a node.</summary>
    /// <param name="availableMemory">The memory the node may use, in bytes.</param>
    public static BodyBudget OfMemory(long availableMemory) => new(availableMemory / MemoryShare);

    /// <summary>Room for a body of that many bytes until the claim is disposed of, or null when there is none.</summary>
    public Claim? TryTake(long bytes)
    {
        var claim = new Claim(this);
        return claim.TryGrow(bytes) ? claim : null;
    }

    // one large body is always taken: a node too small for two has to take the largest some time
    private bool Admits(Claim claim, long grown)
    {
        var after = taken - claim.Bytes + grown;
        if (grown <= Small)
            return after <= capacity;
        var isAlone = largeClaims == (claim.Bytes > Small ? 1 : 0);
        return isAlone || after <= capacity - (capacity / 4);
    }

    private void Set(Claim claim, long bytes)
    {
        largeClaims += (bytes > Small ? 1 : 0) - (claim.Bytes > Small ? 1 : 0);
        taken += bytes - claim.Bytes;
        claim.Bytes = bytes;
    }

    /// <summary>The room that one body has. Not for several threads at once.</summary>
    internal sealed class Claim(BodyBudget budget) : IDisposable
    {
        internal long Bytes { get; set; }

        /// <summary>Makes it larger by so many bytes, or leaves it when there is no room.</summary>
        public bool TryGrow(long bytes)
        {
            lock (budget.gate)
            {
                if (!budget.Admits(this, Bytes + bytes))
                    return false;
                budget.Set(this, Bytes + bytes);
                return true;
            }
        }

        public void Dispose()
        {
            lock (budget.gate)
                budget.Set(this, 0);
        }
    }
}
