using System.Collections.Frozen;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Server.Tests.Flows;

/// <summary>
/// A company from the front door to its stored postings. Every step hangs in its first attempt and fails in all others but the last, so that each time
/// limit and each wait between attempts is seen to be what is documented.
/// </summary>
public sealed class ScraperFlowTests
{
    private static readonly FrozenDictionary<string, Step> Steps = new Dictionary<string, Step>
    {
        ["scraping.fetch"] = new("io_fetch", 10, [10, 30, 60]),
        ["scraping.parse"] = new("parse", 5, [5, 15]),
        ["scraping.enrich"] = new("ai_enrich", 15, [15, 45]),
        ["scraping.persist"] = new("persist", 5, [5, 10, 20]),
    }.ToFrozenDictionary();

    private static readonly TimeSpan Stride = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Little = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1); // the node's clock goes on while a busy machine keeps the node waiting

    [Fact]
    public async Task Each_step_has_its_time_limit_and_its_waits_and_the_postings_are_stored()
    {
        await using var place = new FlowPlace();
        place.Attempts.Before = TroubleAsync;
        await place.StartAsync("--ActorJobs:Scraping:AllowedAddresses:0=127.0.0.0/8", "--ActorJobs:Scraping:HostDelay=PT0S");

        using var accepted = await place.Http.PostAsJsonAsync("/api/v1/scrapes", new { companies = new[] { $"{place.Root}/samples/northwind-labs/" }, enrich = true, user = "ada" });
        var run = (await accepted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        foreach (var kind in new[] { "scraping.fetch", "scraping.parse", "scraping.enrich", "scraping.persist" })
            await GoThroughAsync(place, kind, Steps[kind]);
        var end = await place.UntilAsync(
            () => place.Http.GetFromJsonAsync<JsonElement>($"/api/v1/scrapes/{run}"), seen => seen.GetProperty("state").GetString() == "Completed", "the run to end");

        var stored = await place.Http.GetFromJsonAsync<JsonElement>("/api/v1/postings");
        Assert.True(end.GetProperty("postingsAdded").GetInt32() > 0);
        Assert.Equal(end.GetProperty("postingsAdded").GetInt32(), stored.GetProperty("items").GetArrayLength());
        Assert.Equal(
            ["scraping.fetch 1 2 3 4", "scraping.parse 1 2 3", "scraping.enrich 1 2 3", "scraping.persist 1 2 3 4"],
            place.Attempts.Begun.Where(attempt => Steps.ContainsKey(attempt.Kind)).GroupBy(attempt => attempt.Kind, (kind, all) => $"{kind} {string.Join(' ', all.Select(attempt => attempt.Number))}"));
    }

    private static async Task GoThroughAsync(FlowPlace place, string kind, Step step)
    {
        var id = (await place.UntilAsync(
            () => place.Client.ListJobsAsync(new JobQuery { Kind = kind, State = "Running" }), seen => seen.Items.Count == 1, $"{kind} to run")).Items[0].Id;
        var began = place.Attempts.Begun.Single(attempt => attempt.Id == id).At;
        await PassAsync(place, id, began + TimeSpan.FromMinutes(step.Minutes) - Little);
        Assert.Equal(("Running", 1), await place.Client.GetJobAsync(id) is var still ? (still.State, still.Attempt) : default);

        place.Time.Advance(Little);
        var job = await place.UntilAsync(id, seen => seen.State == "Retryable", $"{kind} to time out");
        Assert.Equal((step.Queue, "ada", step.Waits.Length + 1), (job.Queue, job.Tenant, job.MaxAttempts));
        Assert.Equal("TimedOut", job.Attempts[0].Outcome);
        Assert.InRange(job.Attempts[0].FinishedAt!.Value - job.Attempts[0].StartedAt, TimeSpan.FromMinutes(step.Minutes), TimeSpan.FromMinutes(step.Minutes) + Late);
        for (var failed = 1; failed <= step.Waits.Length; failed++)
        {
            Assert.Equal((failed, TimeSpan.FromSeconds(step.Waits[failed - 1])), (job.Attempts.Count, job.RunAt - job.Attempts[^1].FinishedAt));
            place.Go(job.RunAt!.Value);
            var until = failed == step.Waits.Length ? "Completed" : "Retryable";
            var due = job.RunAt.Value;
            job = await place.UntilAsync(id, seen => seen.State == until && seen.Attempts.Count > failed, $"attempt {failed + 1} of {kind} to end");
            Assert.InRange(job.Attempts[failed].StartedAt - due, TimeSpan.Zero, Late);
        }

        Assert.Equal(
            ["TimedOut", .. Enumerable.Repeat("Failed", step.Waits.Length - 1), "Completed"], job.Attempts.Select(attempt => attempt.Outcome));
    }

    // in steps, each with a look: a node whose clock leaps while it works would take itself for one that was stopped
    private static async Task PassAsync(FlowPlace place, string job, DateTimeOffset to)
    {
        while (place.Time.GetUtcNow() < to)
        {
            place.Go(to < place.Time.GetUtcNow() + Stride ? to : place.Time.GetUtcNow() + Stride);
            await place.Client.GetJobAsync(job);
        }
    }

    private static async ValueTask TroubleAsync(JobContext context)
    {
        if (!Steps.ContainsKey(context.Kind) || context.Attempt == context.MaxAttempts)
            return;
        if (context.Attempt == 1)
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.Cancellation);
        throw new InvalidOperationException("It fails.");
    }

    private sealed record Step(string Queue, int Minutes, int[] Waits);
}
