namespace ActorJobs.Cli;

/// <summary>What a benchmark measured.</summary>
/// <param name="Jobs">How many jobs were asked for.</param>
/// <param name="Exact">Whether each was accepted, ran once and completed.</param>
/// <param name="Missing">Jobs that are not there, or did not complete.</param>
/// <param name="Repeated">Jobs that needed more than one attempt.</param>
/// <param name="Submit">Accepted jobs a second, by the clock here.</param>
/// <param name="Throughput">Completed jobs a second from the first submit (held back: the first start) to the last end, by the node's clock.</param>
/// <param name="Request">How long a request took, in milliseconds.</param>
/// <param name="ToStart">From submit to start, in milliseconds, by the node's clock.</param>
/// <param name="ToEnd">From submit to the end, in milliseconds, by the node's clock.</param>
/// <param name="MemoryBefore">The node's resident bytes before.</param>
/// <param name="MemoryPeak">The most it had.</param>
/// <param name="MemoryAfter">Its resident bytes at the end.</param>
/// <param name="ProcessorSeconds">Processor time the node used.</param>
/// <param name="Redis">What the redis-server used; null when it was not asked.</param>
/// <param name="Node">The node's version, runtime, durability and processors.</param>
internal sealed record BenchReport(
    int Jobs, bool Exact, int Missing, int Repeated, double Submit, double Throughput, Percentiles Request, Percentiles ToStart, Percentiles ToEnd,
    long MemoryBefore, long MemoryPeak, long MemoryAfter, double ProcessorSeconds, RedisReport? Redis, string Node);

/// <summary>What the jobs cost the redis-server.</summary>
/// <param name="CpuMicrosecondsPerJob">Processor time from before the first submit to after the last end.</param>
/// <param name="QueuedBytesPerJob">What each took before any had started; null unless they were held back.</param>
/// <param name="BytesPerJob">What each takes when all have ended, with outcome and history.</param>
internal sealed record RedisReport(double CpuMicrosecondsPerJob, double? QueuedBytesPerJob, double BytesPerJob);

/// <summary>How values are spread.</summary>
internal sealed record Percentiles(double P50, double P95, double P99, double Max)
{
    /// <summary>By nearest rank: the smallest value that at least so many percent do not exceed. No values: all zero.</summary>
    public static Percentiles Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? new(0, 0, 0, 0) : new(At(0.5), At(0.95), At(0.99), Math.Round(sorted[^1], 3));

        double At(double share) => Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)], 3);
    }
}
