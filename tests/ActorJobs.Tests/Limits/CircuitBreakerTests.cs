using ActorJobs.Limits.Breakers;

namespace ActorJobs.Tests.Limits;

/// <summary>The states of a breaker.</summary>
public sealed class CircuitBreakerTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly BreakerOptions options = new() { Failures = 3, Window = TimeSpan.FromSeconds(60), OpenFor = TimeSpan.FromSeconds(30), Probes = 1 };

    [Fact]
    public void It_opens_with_enough_failures_within_the_window_and_not_before()
    {
        var breaker = CircuitBreaker.New.Seen(2, 0, options, Start);
        Assert.Equal(BreakerStatus.Closed, breaker.Status);
        Assert.Equal(BreakerStatus.Closed, breaker.Seen(1, 0, options, Start.AddSeconds(61)).Status);
        Assert.Equal(BreakerStatus.Open, breaker.Seen(1, 0, options, Start.AddSeconds(59)).Status);
    }

    [Fact]
    public void Open_it_lets_nothing_through_until_its_time_and_then_one_probe()
    {
        var breaker = CircuitBreaker.New.Seen(3, 0, options, Start);
        Assert.Equal((false, TimeSpan.FromSeconds(20)), Probe(ref breaker, 10));
        Assert.True(Probe(ref breaker, 30).IsGranted);
        Assert.Equal(BreakerStatus.HalfOpen, breaker.Status);
        Assert.Equal((false, TimeSpan.FromSeconds(25)), Probe(ref breaker, 35));
        Assert.True(Probe(ref breaker, 60).IsGranted); // the first was lost
    }

    [Fact]
    public void The_first_outcome_of_a_probe_decides()
    {
        var breaker = CircuitBreaker.New.Seen(3, 0, options, Start);
        Probe(ref breaker, 30);

        var (again, closed) = (breaker.Seen(1, 0, options, Start.AddSeconds(31)), breaker.Seen(0, 1, options, Start.AddSeconds(31)));

        Assert.Equal((BreakerStatus.Open, Start.AddSeconds(61)), (again.Status, again.Until));
        Assert.Equal((BreakerStatus.Closed, 0), (closed.Status, closed.Failed.Count));
    }

    [Fact]
    public void What_ends_while_it_is_open_changes_nothing()
    {
        var breaker = CircuitBreaker.New.Seen(3, 0, options, Start);

        Assert.Same(breaker, breaker.Seen(5, 5, options, Start.AddSeconds(5)));
    }

    private (bool IsGranted, TimeSpan RetryAfter) Probe(ref CircuitBreaker breaker, int second)
    {
        (breaker, var isGranted, var retryAfter) = breaker.Probe(options, Start.AddSeconds(second));
        return (isGranted, retryAfter);
    }
}
