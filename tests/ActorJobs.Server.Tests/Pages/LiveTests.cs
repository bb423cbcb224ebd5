using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Threading.Channels;
using ActorJobs.AspNetCore;

namespace ActorJobs.Server.Tests.Pages;

public sealed class LiveTests
{
    private static JobView Job(JobStatus state) =>
        new() { Id = new JobId("j1"), Kind = "mail.send", State = state, Queue = "default", CreatedAt = FakeEngine.Start, Attempt = 1 };

    private static async IAsyncEnumerable<Dictionary<string, string>> ReadAsync(FrontDoorHost host, string path)
    {
        await using var stream = await host.Http.GetStreamAsync(path);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync())
        {
            Assert.Equal("fragments", item.EventType);
            yield return JsonSerializer.Deserialize<Dictionary<string, string>>(item.Data)!;
        }
    }

    [Fact]
    public async Task The_first_page_is_sent_what_changed_and_nothing_else()
    {
        await using var host = await FrontDoorHost.StartAsync();
        var events = new List<Dictionary<string, string>>();

        await foreach (var fragments in ReadAsync(host, "/_live/home"))
        {
            events.Add(fragments);
            if (events.Count == 2)
                break;
            host.Engine.Put(Job(JobStatus.Discarded));
            await host.Engine.AnnounceAsync();
        }

        Assert.Equal(["activity", "failures", "pools", "queues", "states"], events[0].Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["failures", "states"], events[1].Keys.Order(StringComparer.Ordinal));
        Assert.Contains("/jobs/j1", events[1]["failures"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_a_job_follows_it_to_its_end()
    {
        await using var host = await FrontDoorHost.StartAsync();
        host.Engine.Put(Job(JobStatus.Available));
        var badges = new List<string>();

        await foreach (var fragments in ReadAsync(host, "/_live/jobs/j1"))
        {
            badges.Add(fragments["job-facts"].Contains("s-available", StringComparison.Ordinal) ? "available" : "completed");
            if (badges.Count == 1)
                host.Engine.Put(Job(JobStatus.Completed) with { Result = RawJson.Parse("42") });
            else
                Assert.Contains("42", fragments["job-result"], StringComparison.Ordinal);
        }

        Assert.Equal(["available", "completed"], badges);
        Assert.Equal(HttpStatusCode.NoContent, (await host.Http.GetAsync("/_live/jobs/j1")).StatusCode);
    }

    [Fact]
    public async Task A_fragment_has_every_element_that_its_page_had_for_it()
    {
        await using var host = await FrontDoorHost.StartAsync();
        host.Engine.Put(Job(JobStatus.Available));

        foreach (var (page, live) in new[] { ("/", "/_live/home"), ("/jobs?queue=default", "/_live/jobs?queue=default"), ("/queues", "/_live/queues"), ("/nodes", "/_live/nodes"), ("/jobs/j1", "/_live/jobs/j1") })
        {
            var html = await host.Http.GetStringAsync(page);
            Assert.Contains($"data-live=\"{live}\"", html, StringComparison.Ordinal);
            await foreach (var fragments in ReadAsync(host, live))
            {
                Assert.All(fragments.Keys, id => Assert.Contains($"id=\"{id}\"", html, StringComparison.Ordinal));
                break;
            }
        }
    }

    [Fact]
    public async Task However_many_watch_few_pages_are_rendered_at_once()
    {
        var few = Math.Max(1, Environment.ProcessorCount / 2);
        var module = new SlowPage();
        await using var host = await FrontDoorHost.StartAsync(services: services => services.AddSingleton<IActorJobsModule>(module));

        var watching = Enumerable.Range(0, 4 * few).Select(async _ =>
        {
            await foreach (var fragments in ReadAsync(host, "/_live/slow"))
                return fragments;
            return null;
        }).ToArray();
        await module.Opened(4 * few);
        module.Go.SetResult();
        var shown = await Task.WhenAll(watching);

        Assert.All(shown, fragments => Assert.Contains("Nothing", fragments!["slow"], StringComparison.Ordinal));
        Assert.InRange(module.MostAtOnce, 1, few);
    }

    /// <summary>A live page that takes its time, and counts how many renderings do so at once.</summary>
    private sealed class SlowPage : IActorJobsModule
    {
        private readonly Channel<int> opened = Channel.CreateUnbounded<int>();
        private int rendering;
        private int most;

        public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int MostAtOnce => most;

        public IReadOnlyList<NavigationLink> Navigation => [];

        public async Task Opened(int streams)
        {
            for (var stream = 0; stream < streams; stream++)
                await opened.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        }

        public void MapApi(RouteGroupBuilder api)
        {
        }

        public void MapPages(RouteGroupBuilder pages) => pages.MapGet("/_live/slow", () => new LiveFragments<int>(ItemsAsync, RenderAsync));

        private async IAsyncEnumerable<int> ItemsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await opened.Writer.WriteAsync(1, cancellationToken);
            yield return 1;
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        private async ValueTask<IReadOnlyList<LiveFragment>> RenderAsync(int item, CancellationToken cancellationToken)
        {
            var now = Interlocked.Increment(ref rendering);
            for (var seen = most; now > seen;)
                seen = Interlocked.CompareExchange(ref most, now, seen);
            await Go.Task.WaitAsync(cancellationToken);
            Interlocked.Decrement(ref rendering);
            return [LiveFragment.Of<AspNetCore.Pages.Layout.JsonBlock>("slow", nameof(AspNetCore.Pages.Layout.JsonBlock.Otherwise), "Nothing")];
        }
    }
}
