using System.Globalization;

namespace ActorJobs.Server;

/// <summary>Scrapes the sample careers site that the node serves itself: fetch, parse, enrich and persist, each step a durable job in a pool of its own.</summary>
internal sealed class ScrapingDemo(DemoApi api, Action<double, string> progress)
{
    // what the sample site's pages are known to say
    private static readonly (string Company, int Postings)[] Companies = [("northwind-labs", 3), ("borealis-clinic", 2), ("harbour-books", 3)];
    private static readonly int Postings = Companies.Sum(company => company.Postings);

    public async Task<IReadOnlyList<DemoCheck>> RunAsync(CancellationToken cancellationToken)
    {
        var started = await api.SendAsync(
            HttpMethod.Post, "api/v1/scrapes",
            new { companies = Companies.Select(company => $"{api.Node}samples/{company.Company}/"), enrich = true, user = "demo" }, cancellationToken);
        var id = started.GetProperty("id").GetString()!;
        await foreach (var state in api.WatchAsync($"api/v1/scrapes/{id}/watch", cancellationToken))
            progress(state.GetProperty("chainProgress").GetDouble(), state.GetProperty("statusMessage").GetString() ?? "");

        var run = await api.GetAsync($"api/v1/scrapes/{id}", cancellationToken);
        var stored = await api.GetAsync("api/v1/postings?limit=100", cancellationToken);
        var found = run.GetProperty("postingsFound").GetInt32();
        progress(1, string.Create(CultureInfo.InvariantCulture, $"{found} postings of {Companies.Length} companies"));
        return
        [
            new("companies scraped", Companies.Length, run.GetProperty("companiesCompleted").GetInt32()),
            .. Companies.Select((company, index) => new DemoCheck(
                $"  postings of {company.Company}", company.Postings, run.GetProperty("companies")[index].GetProperty("postingsFound").GetInt32())),
            new("postings to be found by search", Postings, stored.GetProperty("items").GetArrayLength()),
            new("  of which enriched with skills, seniority and language", Postings, stored.GetProperty("items").EnumerateArray()
                .Count(item => item.GetProperty("posting").TryGetProperty("enrichment", out var enrichment) && enrichment.ValueKind == System.Text.Json.JsonValueKind.Object)),
        ];
    }
}
