using ActorJobs.Pools;

namespace ActorJobs.Tests.Pools;

public sealed class ScaleDeciderTests
{
    private static readonly TimeSpan Target = TimeSpan.FromSeconds(1);
    private static readonly PoolBounds Bounds = new(2, 10);

    [Theory]
    [InlineData(4, 0, 1001, 1, 4)] // once may be chance
    [InlineData(4, 0, 1001, 2, 6)] // by half
    [InlineData(4, 0, 1001, 4, 9)]
    [InlineData(4, 0, 60_000, 20, 10)] // never beyond the most
    [InlineData(4, 1, 60_000, 20, 4)] // more slots do not help where some are idle: a limit holds the jobs
    [InlineData(4, 0, 1000, 20, 4)] // the target itself is fine
    [InlineData(4, 0, 0, 100, 4)] // all busy, and nobody waits
    [InlineData(10, 10, 0, 29, 10)]
    [InlineData(10, 10, 0, 30, 8)] // by a quarter of what is idle
    [InlineData(10, 2, 0, 30, 9)]
    [InlineData(10, 10, 0, 600, 2)] // never below the fewest
    [InlineData(10, 10, 250, 30, 8)]
    [InlineData(10, 10, 251, 600, 10)] // the band between: stays
    [InlineData(1, 1, 0, 1, 2)] // bounds hold at once
    [InlineData(50, 0, 0, 1, 10)]
    public void A_size_follows_how_long_jobs_wait(int size, int idle, int waitMilliseconds, int looks, int expected)
    {
        var state = default(ScaleState);
        for (var i = 0; i < looks; i++)
            (state, size) = ScaleDecider.Next(state, new ScaleReading(size, Math.Max(0, size - idle), TimeSpan.FromMilliseconds(waitMilliseconds)), Bounds, Target);
        Assert.Equal(expected, size);
    }

    [Fact]
    public void A_load_that_swings_within_the_band_moves_nothing()
    {
        var (state, size) = (default(ScaleState), 5);
        for (var i = 0; i < 1000; i++)
            (state, size) = ScaleDecider.Next(state, new ScaleReading(size, i % 2 == 0 ? size : size - 1, TimeSpan.FromMilliseconds(i % 2 == 0 ? 1500 : 0)), Bounds, Target);
        Assert.Equal(5, size);
    }
}
