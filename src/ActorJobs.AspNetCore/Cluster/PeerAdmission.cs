namespace ActorJobs.AspNetCore;

/// <summary>Bounds what calls of other nodes cost at once: how many are under way, and how much their bodies weigh.</summary>
/// <param name="maxCalls">How many. Default: 4096, which is four batches and ten pulls from each of 290 nodes.</param>
/// <param name="maxBytes">How much. Default: 256 MiB, four of the largest bodies.</param>
internal sealed class PeerAdmission(int maxCalls = 4096, long maxBytes = 256 << 20)
{
    private readonly Lock gate = new(); // guards both
    private int calls;
    private long bytes;

    /// <summary>Room for a call until it is disposed of, or null when there is none.</summary>
    public IDisposable? TryEnter(long length)
    {
        lock (gate)
        {
            if (calls == maxCalls || bytes + length > maxBytes)
                return null;
            calls++;
            bytes += length;
        }

        return new Admitted(this, length);
    }

    private void Leave(long length)
    {
        lock (gate)
        {
            calls--;
            bytes -= length;
        }
    }

    private sealed class Admitted(PeerAdmission admission, long length) : IDisposable
    {
        private bool isOver;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref isOver, true))
                admission.Leave(length);
        }
    }
}
