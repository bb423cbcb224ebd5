using ActorJobs.Queues;
using ActorJobs.TestKit.Time;

namespace ActorJobs.Tests.Queues;

public sealed class RateMeterTests
{
    private readonly FakeTimeProvider time = new();
    private readonly RateMeter meter;

    public RateMeterTests() => meter = new RateMeter(time);

    [Fact]
    public void The_rate_is_the_mean_of_ten_whole_seconds_without_the_current_one()
    {
        for (var second = 1; second <= 10; second++)
        {
            meter.Add(second);
            Pass(1);
        }

        meter.Add(1_000_000);

        Assert.Equal(5.5, meter.PerSecond);
    }

    [Fact]
    public void Each_second_of_the_last_minute_has_its_own_count()
    {
        for (var second = 0; second < 200; second++)
        {
            meter.Add(second);
            Pass(1);
        }

        Assert.Equal(Enumerable.Range(140, 60).Reverse().Select(second => (long)second), Enumerable.Range(1, 60).Select(meter.Ago));
    }

    [Fact]
    public void What_was_counted_longer_ago_is_forgotten_also_when_nothing_was_counted_since()
    {
        meter.Add(7);
        Pass(10);
        Assert.Equal(0.7, meter.PerSecond);

        Pass(1);
        Assert.Equal(0, meter.PerSecond);
        Pass(50); // its slot's turn comes again
        Assert.Equal(0, meter.Ago(60));
    }

    [Fact]
    public void No_count_of_parallel_threads_is_missed_within_a_second()
    {
        meter.Add(1);
        Parallel.For(0, 4, _ =>
        {
            for (var i = 0; i < 10_000; i++)
                meter.Add(1);
        });
        Pass(1);

        Assert.Equal(40_001, meter.Ago(1));
    }

    private void Pass(int seconds) => time.Advance(TimeSpan.FromSeconds(seconds));
}
