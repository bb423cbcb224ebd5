using System.Net;
using ActorJobs.Client;
using ActorJobs.Server.Tests.Engine;

namespace ActorJobs.Server.Tests.Telemetry;

/// <summary><c>/metrics</c> of a node that works, compared with what the API says has happened.</summary>
public sealed class MetricsTests
{
    private static readonly BackoffRule AtOnce = new() { Type = "fixed", Delay = TimeSpan.Zero };

    [Fact]
    public async Task The_counts_are_those_of_the_API()
    {
        await using var host = await EngineHost.StartAsync();
        var echoes = await host.Client.SubmitManyAsync([.. Enumerable.Range(0, 20).Select(number => SubmitJob.Of("builtin.echo", number) with { Queue = "fast" })]);
        var dead = await host.Client.SubmitAsync(SubmitJob.Of("builtin.fail", new { Times = 9 }) with { Queue = "slow", MaxAttempts = 3, Backoff = AtOnce });
        var late = await host.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 0) with { Queue = "slow", Delay = TimeSpan.FromHours(1) });
        foreach (var id in echoes.Ids.Append(dead.Id))
            await host.EndOfAsync(id);
        await host.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 0) with { Queue = "slow", Id = late.Id });

        var metrics = await ScrapeAsync(host);
        var stats = await host.Client.GetStatsAsync();

        Assert.Equal(22, metrics.Sum("messaging_client_sent_messages_total"));
        Assert.Equal(23, metrics.Sum("messaging_client_consumed_messages_total"));
        Assert.Equal(23, metrics.Sum("messaging_process_duration_seconds_count"));
        Assert.Equal(23, metrics.Sum("actorjobs_job_wait_duration_seconds_count"));
        Assert.Equal(20, metrics.Sum("actorjobs_job_attempts_total", ("outcome", "Completed"), ("queue", "fast"), ("kind", "builtin.echo")));
        Assert.Equal(3, metrics.Sum("actorjobs_job_attempts_total", ("outcome", "Failed"), ("queue", "slow")));
        Assert.Equal(3, metrics.Sum("messaging_process_duration_seconds_count", ("error_type", "Failed")));
        Assert.Equal(2, metrics.Sum("actorjobs_job_retries_total"));
        Assert.Equal(1, metrics.Sum("actorjobs_job_duplicates_total", ("queue", "slow"), ("reason", "id")));
        foreach (var (state, count) in stats.States)
            Assert.Equal((state, (double)count), (state, metrics.Sum("actorjobs_queue_jobs", ("state", state))));
        Assert.Equal(stats.States["Completed"], metrics.Sum("actorjobs_job_finished_total", ("state", "Completed")));
        Assert.Equal(1, metrics.Sum("actorjobs_job_finished_total", ("state", "Discarded")));
        Assert.Equal(1, metrics.Sum("actorjobs_queue_jobs", ("state", "Scheduled"), ("queue", "slow")));
    }

    [Fact]
    public async Task Every_histogram_counts_in_its_last_bucket_what_it_counts_in_all()
    {
        await using var host = await EngineHost.StartAsync();
        await host.EndOfAsync((await host.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 1))).Id);

        var metrics = await ScrapeAsync(host);

        var histograms = metrics.Types.Where(type => type.Value == "histogram").Select(type => type.Key).ToArray();
        Assert.Contains("actorjobs_store_write_duration_seconds", histograms);
        foreach (var name in histograms)
            Assert.Equal((name, metrics.Sum(name + "_count")), (name, metrics.Sum(name + "_bucket", ("le", "+Inf"))));
    }

    [Fact]
    public async Task A_refused_submit_is_counted_by_its_reason_and_a_strange_queue_makes_no_series()
    {
        await using var host = await EngineHost.StartAsync(jobs => jobs.AddQueue("tiny", queue => queue.Capacity = 1));
        await host.Client.PauseQueueAsync("tiny");
        await host.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 0) with { Queue = "tiny" });
        await Assert.ThrowsAsync<ActorJobsApiException>(() => host.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 0) with { Queue = "tiny" }));
        await Assert.ThrowsAsync<ActorJobsApiException>(() => host.Client.SubmitAsync(SubmitJob.Of("no.such", 0) with { Queue = "strange" }));

        var metrics = await ScrapeAsync(host);

        Assert.Equal(1, metrics.Sum("messaging_client_sent_messages_total", ("error_type", "queue-full"), ("messaging_destination_name", "tiny")));
        Assert.Equal(1, metrics.Sum("messaging_client_sent_messages_total", ("error_type", "invalid"), ("messaging_destination_name", "other")));
        Assert.DoesNotContain(metrics.Samples, sample => sample.Labels.ContainsValue("strange"));
        Assert.Equal(1, metrics.Sum("actorjobs_queue_paused", ("queue", "tiny")));
    }

    [Fact]
    public async Task Nodes_in_one_process_count_for_themselves()
    {
        await using var busy = await EngineHost.StartAsync();
        await using var idle = await EngineHost.StartAsync();
        await busy.EndOfAsync((await busy.Client.SubmitAsync(SubmitJob.Of("builtin.echo", 1))).Id);

        Assert.Equal(1, (await ScrapeAsync(busy)).Sum("actorjobs_job_finished_total"));
        Assert.Equal(0, (await ScrapeAsync(idle)).Sum("actorjobs_job_finished_total"));
    }

    [Fact]
    public async Task Without_a_key_nobody_scrapes_a_node_that_has_keys()
    {
        await using var host = await FrontDoorHost.StartAsync(TestKeys.Settings);

        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Http.GetAsync("metrics")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.NewHttp(("X-Api-Key", TestKeys.Viewer)).GetAsync("metrics")).StatusCode);
    }

    private static async Task<PrometheusText> ScrapeAsync(EngineHost host)
    {
        using var response = await host.Http.GetAsync("metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        return PrometheusText.Parse(await response.Content.ReadAsStringAsync());
    }
}
