using System.Globalization;

namespace ActorJobs.Cluster.Tests.Commands;

/// <summary>How long something took, over many cases.</summary>
internal sealed class Spread(IEnumerable<TimeSpan> times)
{
    private readonly TimeSpan[] sorted = [.. times.Order()];

    public int Count => sorted.Length;

    public TimeSpan Max => sorted[^1];

    /// <summary>The time that this fraction of the cases does not exceed.</summary>
    public TimeSpan At(double fraction) => sorted[Math.Clamp((int)Math.Ceiling(fraction * sorted.Length) - 1, 0, sorted.Length - 1)];

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Count} cases, p50 {At(0.5).TotalMilliseconds:0} ms, p99 {At(0.99).TotalMilliseconds:0} ms, max {Max.TotalMilliseconds:0} ms");
}
