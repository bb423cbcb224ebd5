using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;

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

        foreach (var (page, live) in new[] { ("/", "/_live/home"), ("/jobs?queue=default", "/_live/jobs?queue=default"), ("/queues", "/_live/queues"), ("/jobs/j1", "/_live/jobs/j1") })
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
}
