using System.Text.Json;
using ActorJobs.Server.Tests.Node;

namespace ActorJobs.Server.Tests.Flows;

/// <summary>
/// <c>kill -9</c> of a node in the middle of a scrape: the scrape, a persistent actor, is there when the node is, and its steps go on where they were. What was fetched
/// is not fetched again, what was enriched is not paid for again.
/// </summary>
public sealed class ScraperKillTests(ITestOutputHelper output)
{
    private const int Postings = 24;

    // of the defaults: requests under way at one host, and slots of the pool ai_enrich
    private const int HostConcurrency = 2;
    private const int EnrichSlots = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task A_scrape_goes_on_after_each_kill_and_asks_for_nothing_twice()
    {
        await using var one = await CountedSite.StartAsync(Postings);
        await using var two = await CountedSite.StartAsync(Postings);
        await using var model = await CountedSite.StartAsync(0);
        string[] settings =
        [
            "--ActorJobs:Store=sqlite", "--ActorJobs:Scraping:AllowedAddresses:0=127.0.0.0/8", "--ActorJobs:Scraping:HostDelay=PT0S",
            $"--ActorJobs:Scraping:Model:Endpoint={model.Root}/v1", "--ActorJobs:Scraping:Model:Name=double",
        ];
        await using var place = await NodePlace.StartNewAsync(settings);
        using var accepted = await place.Http.PostAsJsonAsync("/api/v1/scrapes", new { companies = new[] { one.Root, two.Root }, enrich = true, user = "ada" });
        var id = (await accepted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;

        // in the middle of fetching
        await UntilAsync(() => Task.FromResult(one.Sent.Count >= 10 && two.Sent.Count >= 10), "ten answers of each site");
        await place.Process.KillAsync();
        var (fetchedOne, fetchedTwo) = (one.Asked.Count, two.Asked.Count);
        await place.StartAsync(settings);
        var risen = await RunAsync(place, id);

        // in the middle of enriching
        await UntilAsync(async () => model.Enriched.Count >= 6 && Steps(await RunAsync(place, id)).All(step => step is "Enrich"), "both companies to be enriched");
        await place.Process.KillAsync();
        var (askedOne, askedTwo) = (one.Asked.Count, two.Asked.Count);
        await place.StartAsync(settings);
        await UntilAsync(async () => (await RunAsync(place, id)).GetProperty("state").GetString() == "Completed", "the scrape to complete");

        output.WriteLine($"asked before the first kill {fetchedOne} and {fetchedTwo}, in all {one.Asked.Count} and {two.Asked.Count}; again {string.Join(' ', one.Repeated.Concat(two.Repeated))}; enriched {model.Enriched.Count} of {2 * Postings}");
        Assert.Equal(("Running", 2), (risen.GetProperty("state").GetString(), risen.GetProperty("companies").GetArrayLength()));
        Assert.Contains(risen.GetProperty("companies").EnumerateArray(), company => company.GetProperty("pages").GetInt32() > 0);
        Assert.InRange(one.Repeated.Count, 0, HostConcurrency);
        Assert.InRange(two.Repeated.Count, 0, HostConcurrency);
        Assert.Equal((askedOne, askedTwo), (one.Asked.Count, two.Asked.Count));
        Assert.Equal(2 * Postings, model.Enriched.Distinct().Count());
        Assert.InRange(model.Enriched.Count, 2 * Postings, (2 * Postings) + EnrichSlots);
        var end = await RunAsync(place, id);
        Assert.Equal([Postings, Postings], end.GetProperty("companies").EnumerateArray().Select(company => company.GetProperty("postingsFound").GetInt32()));
        Assert.Equal(2 * Postings, end.GetProperty("postingsAdded").GetInt32());
        Assert.Equal(2 * Postings, (await place.Http.GetFromJsonAsync<JsonElement>("/api/v1/postings?limit=1000")).GetProperty("items").GetArrayLength());
    }

    private static Task<JsonElement> RunAsync(NodePlace place, string id) => place.Http.GetFromJsonAsync<JsonElement>($"/api/v1/scrapes/{id}");

    private static IEnumerable<string?> Steps(JsonElement run) => run.GetProperty("companies").EnumerateArray().Select(company => company.GetProperty("step").GetString());

    // what other processes do is told by nothing else
    private static async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var began = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"Waited {Patience} for {what}.");
            await clock.WaitForNextTickAsync();
        }
    }
}
