using System.Collections.Concurrent;
using System.Text.Json;
using ActorJobs.TestKit.Postgres;

namespace ActorJobs.Cluster.Tests.Members;

/// <summary>A scrape on a cluster: an actor in the shared store, its pages and postings in a database that every node reaches, so that no node is needed in particular.</summary>
public sealed class ScrapeTests(ITestOutputHelper output)
{
    private const int Companies = 6;
    private const int Postings = 12;
    private const int HostConcurrency = 2; // of the defaults
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task A_scrape_survives_the_death_of_a_node_and_every_node_shows_it_and_its_postings()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        await using var postgres = await PostgresServer.StartAsync();
        await using var place = await ClusterPlace.PrepareAsync();
        ClusterNodeProcess[] nodes = [await StartAsync(), await StartAsync(), await StartAsync()];
        await place.UntilSharedAsync();
        var sites = await Task.WhenAll(Enumerable.Range(0, Companies).Select(_ => CareersSite.StartAsync(Postings)));
        using var http = new HttpClient();
        var roots = await Task.WhenAll(nodes.Select(node => node.Process.ReadyAsync()));

        using var accepted = await http.PostAsJsonAsync(new Uri(roots[0], "api/v1/scrapes"), new { companies = sites.Select(site => site.Root), user = "ada" });
        var id = (await accepted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        await place.EventuallyAsync(() => Task.FromResult(sites.All(site => site.Asked.Count >= 4)), Soon, "all sites to be crawled");
        foreach (var root in roots)
            Assert.Equal("Running", (await RunAsync(root)).GetProperty("state").GetString());
        var killed = (await http.GetFromJsonAsync<JsonElement>(new Uri(roots[0], "api/v1/nodes"))).GetProperty("items").EnumerateArray()
            .Single(node => new Uri(node.GetProperty("url").GetString()!).Port == roots[1].Port).GetProperty("name").GetString();
        await nodes[1].Process.KillAsync();
        nodes[1].TakesLoad = false;
        await place.EventuallyAsync(async () => (await RunAsync(roots[2])).GetProperty("state").GetString() is not ("Queued" or "Running"), Soon, "the scrape to end");

        foreach (var root in new[] { roots[0], roots[2] })
        {
            var run = await RunAsync(root);
            Assert.Equal(("Completed", Companies, Companies * Postings), (run.GetProperty("state").GetString(), run.GetProperty("companiesCompleted").GetInt32(), run.GetProperty("postingsAdded").GetInt32()));
            Assert.Equal(Companies * Postings, (await http.GetFromJsonAsync<JsonElement>(new Uri(root, "api/v1/postings?limit=1000&q=engineer"))).GetProperty("items").GetArrayLength());
            Assert.Equal(id, (await http.GetFromJsonAsync<JsonElement>(new Uri(root, "api/v1/scrapes?user=ada"))).GetProperty("items")[0].GetProperty("id").GetString());
        }

        // a node that a busy machine keeps from renewing its lease is taken for dead and may go on for a while: what it fetches then is no page of the scrape's
        var lost = await LostAsync(http, roots[0]);
        output.WriteLine($"asked twice, by site: {string.Join(' ', sites.Select(site => $"{site.Repeated} ({string.Join(',', lost[site.Root])})"))}; killed {killed}");
        Assert.All(sites.Where(site => lost[site.Root].All(node => node == killed)), site => Assert.InRange(site.Repeated, 0, HostConcurrency * lost[site.Root].Count()));
        foreach (var site in sites)
            await site.DisposeAsync();

        Task<ClusterNodeProcess> StartAsync() => place.StartNodeAsync(
            $"--ActorJobs:Scraping:Postgres={postgres.Connection}", "--ActorJobs:Scraping:AllowedAddresses:0=127.0.0.0/8", "--ActorJobs:Scraping:HostDelay=PT0S");

        async Task<JsonElement> RunAsync(Uri root) => await http.GetFromJsonAsync<JsonElement>(new Uri(root, $"api/v1/scrapes/{id}"));
    }

    /// <summary>By company, the nodes whose attempts at fetching were lost.</summary>
    private static async Task<ILookup<string, string?>> LostAsync(HttpClient http, Uri root)
    {
        var jobs = (await http.GetFromJsonAsync<JsonElement>(new Uri(root, "api/v1/jobs?kind=scraping.fetch&limit=100"))).GetProperty("items").EnumerateArray().ToList();
        var lost = new List<(string Company, string? Node)>();
        foreach (var id in jobs.Select(job => job.GetProperty("id").GetString()!))
        {
            var job = await http.GetFromJsonAsync<JsonElement>(new Uri(root, $"api/v1/jobs/{Uri.EscapeDataString(id)}"));
            lost.AddRange(job.GetProperty("attempts").EnumerateArray().Where(attempt => attempt.GetProperty("outcome").GetString() == "Lost")
                .Select(attempt => (job.GetProperty("args").GetProperty("company").GetString()!, attempt.GetProperty("node").GetString())));
        }

        return lost.ToLookup(entry => entry.Company, entry => entry.Node);
    }

    /// <summary>A careers site that takes its time and counts what it is asked.</summary>
    private sealed class CareersSite : IAsyncDisposable
    {
        private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(200);
        private readonly WebApplication app;

        private CareersSite(WebApplication app) => this.app = app;

        public string Root => app.Urls.First() + "/";

        public ConcurrentQueue<string> Asked { get; } = new();

        /// <summary>How many pages were asked for more than once; what a node keeps in its memory aside.</summary>
        public int Repeated => Asked.GroupBy(path => path).Count(same => same.Key is not "/robots.txt" && same.Count() > 1);

        public static async Task<CareersSite> StartAsync(int postings)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var site = new CareersSite(builder.Build());
            site.app.Run(async context =>
            {
                var path = context.Request.Path.Value!;
                site.Asked.Enqueue(path);
                await Task.Delay(Latency, context.RequestAborted);
                context.Response.ContentType = "text/html; charset=utf-8";
                context.Response.StatusCode = path == "/" || path.StartsWith("/jobs/", StringComparison.Ordinal) ? 200 : 404;
                await context.Response.WriteAsync(path == "/"
                    ? string.Concat(Enumerable.Range(1, postings).Select(number => $"<a href='/jobs/{number}'>{number}</a>"))
                    : $"<h1>Engineer {path[(path.LastIndexOf('/') + 1)..]}</h1><dl><dt>Company</dt><dd>Acme</dd><dt>Location</dt><dd>Berlin</dd><dt>Salary</dt><dd>50000 EUR</dd></dl><p>At {site.Root}</p>");
            });
            await site.app.StartAsync();
            return site;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
