using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ActorJobs.Workloads.Tests.Documents.Node;

/// <summary>Searches that begin at a steady rate, whether those before have been answered or not: a stall is seen by all that come meanwhile.</summary>
internal sealed class SearchLoad(HttpClient http, string index, IReadOnlyList<string> queries)
{
    private readonly ConcurrentQueue<double> times = new();
    private readonly ConcurrentQueue<string> failures = new();
    private readonly ConcurrentDictionary<int, int> byVersion = new();

    /// <summary>Those that were not answered with a whole version's hits.</summary>
    public IReadOnlyCollection<string> Failures => failures;

    /// <summary>How many each version has answered.</summary>
    public IReadOnlyDictionary<int, int> ByVersion => byVersion;

    /// <summary>Begins so many searches a second until it is told to stop, then waits for the answers.</summary>
    public async Task RunAsync(int perSecond, CancellationToken stop)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        var watch = Stopwatch.StartNew();
        var begun = new List<Task>();
        try
        {
            while (await pace.WaitForNextTickAsync(stop))
            {
                while (begun.Count < watch.Elapsed.TotalSeconds * perSecond)
                    begun.Add(SearchAsync(queries[begun.Count % queries.Count], "hybrid"));
            }
        }
        catch (OperationCanceledException)
        {
            // told to stop
        }

        await Task.WhenAll(begun);
    }

    /// <summary>So many searches one after the other.</summary>
    public async Task RunOneByOneAsync(int count, string mode)
    {
        for (var search = 0; search < count; search++)
            await SearchAsync(queries[search % queries.Count], mode);
    }

    /// <summary>Forgets what was measured so far.</summary>
    public SearchLoad Reset()
    {
        times.Clear();
        byVersion.Clear();
        return this;
    }

    public override string ToString()
    {
        var sorted = times.Order().ToArray();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{sorted.Length} searches, p50 {At(50):n2} ms, p95 {At(95):n2} ms, p99 {At(99):n2} ms, longest {sorted[^1]:n1} ms, {failures.Count} failed");

        double At(int percent) => sorted[Math.Max(0, (int)Math.Ceiling(sorted.Length * percent / 100.0) - 1)];
    }

    private async Task SearchAsync(string query, string mode)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            using var response = await http.GetAsync(new Uri($"api/v1/indexes/{index}/search?mode={mode}&q={Uri.EscapeDataString(query)}", UriKind.Relative));
            response.EnsureSuccessStatusCode();
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
            if (answer.GetProperty("hits").GetArrayLength() == 0)
                failures.Enqueue($"nothing found for '{query}'");
            byVersion.AddOrUpdate(answer.GetProperty("version").GetInt32(), 1, static (_, count) => count + 1);
            times.Enqueue(watch.Elapsed.TotalMilliseconds);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or JsonException)
        {
            failures.Enqueue(exception.Message);
        }
    }
}
