using ActorJobs.Workloads.Scraping;
using ActorJobs.Workloads.Scraping.Crawling;

namespace ActorJobs.Workloads.Tests.Scraping.Crawling;

public sealed class HostGateTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly FakeTime time = new();

    [Fact]
    public async Task Requests_to_one_host_start_a_pause_apart_and_other_hosts_do_not_wait()
    {
        var gate = Gate(concurrency: 4);
        using var first = await EnterAsync(gate, "http://a/1").AsTask();
        var second = EnterAsync(gate, "http://a/2").AsTask();
        var third = EnterAsync(gate, "http://a/3").AsTask();
        using var elsewhere = await EnterAsync(gate, "http://b/1").AsTask();

        Assert.False(second.IsCompleted);
        time.Advance(Pause);
        (await second).Dispose();
        Assert.False(third.IsCompleted);
        time.Advance(Pause);
        (await third).Dispose();
    }

    [Fact]
    public async Task No_more_requests_than_allowed_are_under_way_at_a_host()
    {
        var gate = Gate(concurrency: 1);
        var first = await gate.EnterAsync(new Uri("http://a/1"), TimeSpan.Zero, CancellationToken.None);
        var second = gate.EnterAsync(new Uri("http://a/2"), TimeSpan.Zero, CancellationToken.None).AsTask();

        Assert.False(second.IsCompleted);
        first.Dispose();
        (await second).Dispose();
    }

    [Fact]
    public async Task A_cancelled_wait_gives_its_place_back()
    {
        var gate = Gate(concurrency: 1);
        using var cancellation = new CancellationTokenSource();
        (await EnterAsync(gate, "http://a/1")).Dispose();
        var waiting = gate.EnterAsync(new Uri("http://a/2"), Pause, cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        time.Advance(2 * Pause);
        (await EnterAsync(gate, "http://a/3")).Dispose();
    }

    [Fact]
    public async Task Hosts_that_are_done_with_are_forgotten()
    {
        var gate = Gate(concurrency: 1);
        for (var i = 0; i < 3_000; i++)
        {
            (await EnterAsync(gate, $"http://host{i}/")).Dispose();
            time.Advance(Pause);
        }

        Assert.InRange(gate.HostCount, 1, 1_100);
    }

    private HostGate Gate(int concurrency) => new(new ScrapingOptions { HostConcurrency = concurrency }, time);

    private static ValueTask<HostGate.Slot> EnterAsync(HostGate gate, string url) => gate.EnterAsync(new Uri(url), Pause, CancellationToken.None);
}
