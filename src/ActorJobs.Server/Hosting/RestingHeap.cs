namespace ActorJobs.Server;

/// <summary>
/// Decides when a node that has come to rest gives memory back. The collector keeps what a burst has made it take, for the next one; on a machine
/// that is shared, and to whoever reads the process list, that looks like a leak. Pure: it is shown the heap at equal intervals.
/// </summary>
internal sealed class RestingHeap
{
    /// <summary>The time between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>Who allocates less than this between two looks is at rest: health checks, scrapes of metrics, sweeps.</summary>
    public const long Quiet = 16 << 20;

    /// <summary>Less is not worth a collection.</summary>
    public const long Worthwhile = 12 << 20;

    /// <summary>A heap with more alive is left as it is: collecting it stops the node for a quarter of a second and more.</summary>
    public const long MostAlive = 256 << 20;

    private const int QuietLooks = 2;

    private long allocated;
    private long residentThen;
    private int quietLooks;

    /// <summary>Whether to collect and give back now.</summary>
    /// <param name="allocatedEver">Bytes allocated since the process began.</param>
    /// <param name="resident">Bytes of memory the process has.</param>
    /// <param name="alive">Bytes of objects as of the last collection.</param>
    public bool ShouldTrim(long allocatedEver, long resident, long alive)
    {
        quietLooks = allocatedEver - allocated < Quiet ? quietLooks + 1 : 0;
        allocated = allocatedEver;
        return quietLooks >= QuietLooks && alive <= MostAlive && resident - residentThen >= Worthwhile;
    }

    /// <summary>Notes what the process has after it gave back.</summary>
    /// <param name="resident">Bytes of memory the process has.</param>
    public void Trimmed(long resident)
    {
        residentThen = resident;
        quietLooks = 0;
    }
}
