using System.Net;
using ActorJobs.AspNetCore;

namespace ActorJobs.Server.Tests.Api;

public sealed class StreamTests
{
    private static JobView Job(JobStatus state, int attempt = 1) =>
        new() { Id = new JobId("j1"), Kind = "mail.send", State = state, Queue = "default", Attempt = attempt, CreatedAt = FakeEngine.Start };

    [Fact]
    public async Task A_watched_job_shows_each_state_and_the_stream_ends_with_the_job()
    {
        await using var host = await FrontDoorHost.StartAsync();
        host.Engine.Put(Job(JobStatus.Available));
        var states = new List<string>();

        await foreach (var job in host.Client.WatchJobAsync("j1"))
        {
            states.Add(job.State);
            if (job.State == "Available")
                host.Engine.Put(Job(JobStatus.Running));
            if (job.State == "Running")
                host.Engine.Put(Job(JobStatus.Completed));
        }

        Assert.Equal(["Available", "Running", "Completed"], states);
    }

    [Fact]
    public async Task A_stream_says_how_to_come_again_and_a_browser_that_saw_the_end_is_told_to_stop()
    {
        await using var host = await FrontDoorHost.StartAsync();
        host.Engine.Put(Job(JobStatus.Completed));

        using var response = await host.Http.GetAsync("/api/v1/jobs/j1/watch");
        var text = await response.Content.ReadAsStringAsync();
        using var again = host.NewHttp(("Last-Event-ID", "ended-1"));
        using var stopped = await again.GetAsync("/api/v1/jobs/j1/watch");

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("retry: 2000\n\nevent: job\nid: ended-1\ndata: {", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, stopped.StatusCode);
    }

    [Fact]
    public async Task Arguments_with_line_breaks_stay_one_value()
    {
        await using var host = await FrontDoorHost.StartAsync();
        host.Engine.Put(Job(JobStatus.Completed) with { Args = RawJson.FromValidUtf8("{\r\n\"a\":\n1}"u8.ToArray()) });

        await foreach (var job in host.Client.WatchJobAsync("j1"))
            Assert.Equal(1, job.Args!.Value.GetProperty("a").GetInt32());
    }

    [Fact]
    public async Task Counters_are_sent_as_they_change()
    {
        await using var host = await FrontDoorHost.StartAsync();
        var seen = new List<long>();

        await foreach (var stats in host.Client.WatchStatsAsync())
        {
            seen.Add(stats.States.GetValueOrDefault("Available"));
            if (seen.Count == 2)
                break;
            host.Engine.Put(Job(JobStatus.Available));
            await host.Engine.AnnounceAsync();
        }

        Assert.Equal([0, 1], seen);
    }

    [Fact]
    public async Task A_stopping_node_ends_its_streams()
    {
        var host = await FrontDoorHost.StartAsync();
        host.Engine.Put(Job(JobStatus.Available));
        await using var views = host.Client.WatchJobAsync("j1").GetAsyncEnumerator();
        Assert.True(await views.MoveNextAsync());

        var next = views.MoveNextAsync().AsTask();
        await host.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));

        Assert.False(await next);
    }

    [Fact]
    public async Task A_silent_stream_says_every_15_seconds_that_it_is_there_and_ends_after_an_hour()
    {
        await using var host = await FrontDoorHost.StartAsync();
        host.Engine.Put(Job(JobStatus.Available));
        using var response = await host.Http.GetAsync("/api/v1/jobs/j1/watch", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (!(await lines.ReadLineAsync())!.StartsWith("data: ", StringComparison.Ordinal))
        {
        }

        Assert.Equal("", await lines.ReadLineAsync());
        host.Time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(": still here", await lines.ReadLineAsync());
        host.Time.Advance(TimeSpan.FromHours(1));
        var rest = await lines.ReadToEndAsync();

        Assert.DoesNotContain("event:", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_too_many_is_told_to_come_later_and_a_closed_one_makes_room()
    {
        await using var host = await FrontDoorHost.StartAsync(services: services => services.AddSingleton(new OpenStreams(max: 1)));
        host.Engine.Put(Job(JobStatus.Available));
        using var first = await host.Http.GetAsync("/api/v1/jobs/j1/watch", HttpCompletionOption.ResponseHeadersRead);

        var (status, _, response) = await host.GetAsync("/api/v1/jobs/j1/watch");
        host.Engine.Put(Job(JobStatus.Completed));
        await first.Content.ReadAsStringAsync();
        using var second = await host.Http.GetAsync("/api/v1/jobs/j1/watch");

        Assert.Equal((503, TimeSpan.FromSeconds(30)), (status, response.Headers.RetryAfter!.Delta!.Value));
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
    }
}
