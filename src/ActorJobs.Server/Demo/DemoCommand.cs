using System.Diagnostics;
using ActorJobs.Client;

namespace ActorJobs.Server;

/// <summary>
/// Shows a new user what the node does, through its own front door: documents are embedded and searched, a careers site is scraped, and what came out is
/// checked against what must come out.
/// </summary>
internal static class DemoCommand
{
    private const string Exit = "--exit";
    private const int PageSize = 1000;

    private static readonly string[] Kinds = ["documents.", "scraping."];

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    /// <param name="args">The node's own arguments, of which <c>--urls</c> may choose another port, and <c>--exit</c> to end with the result: 0 when everything came out, 1 when not.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        string[] own = [.. args.Where(arg => arg != Exit)];
        using var place = DemoPlace.Make(new ConfigurationBuilder().AddCommandLine(own).Build()["urls"]);
        await using var app = NodeApplication.Build(own, place.Settings);
        await app.StartNodeAsync();
        Console.WriteLine($"ActorJobs runs at {place.Url} with a store of its own in {place.Folder}");
        Console.WriteLine();

        using var end = CancellationTokenSource.CreateLinkedTokenSource(app.Lifetime.ApplicationStopping);
        end.CancelAfter(Deadline);
        var success = await ShowAsync(place.Url, end.Token);
        if (!args.Contains(Exit))
        {
            Console.WriteLine($"The node stays up: {place.Url} (jobs and queues, live). Ctrl+C ends it and deletes its folder.");
            await app.RunUntilToldAsync();
            return 0;
        }

        await app.StopAsync(CancellationToken.None);
        return success ? 0 : 1;
    }

    private static async Task<bool> ShowAsync(Uri url, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        using var api = new DemoApi(url);
        var progress = new ProgressBoard(Console.Out, !Console.IsOutputRedirected, "documents", "scraping");
        var checks = await Task.WhenAll(
            Guarded("documents", () => new DocumentsDemo(api, progress.Row(0)).RunAsync(cancellationToken)),
            Guarded("scraping", () => new ScrapingDemo(api, progress.Row(1)).RunAsync(cancellationToken)));
        progress.Close();
        return DemoReport.Print(Console.Out, [.. checks.SelectMany(check => check), await JobsCheckAsync(api, cancellationToken)], watch.Elapsed);
    }

    /// <summary>Every job of the demo has ended, and ended well. Others may have submitted their own meanwhile.</summary>
    private static async Task<DemoCheck> JobsCheckAsync(DemoApi api, CancellationToken cancellationToken)
    {
        var (all, completed) = (0L, 0L);
        for (string? cursor = null; ;)
        {
            var page = await api.Jobs.ListJobsAsync(new JobQuery { Cursor = cursor, Limit = PageSize }, cancellationToken);
            var own = page.Items.Where(job => Kinds.Any(kind => job.Kind.StartsWith(kind, StringComparison.Ordinal))).ToArray();
            all += own.Length;
            completed += own.Count(job => job.State == nameof(JobStatus.Completed));
            if ((cursor = page.Next) is null)
                return new DemoCheck("jobs of the demo completed", all, completed, all > 0);
        }
    }

    private static async Task<IReadOnlyList<DemoCheck>> Guarded(string what, Func<Task<IReadOnlyList<DemoCheck>>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception exception)
        {
            // one half that fails must not take the report of the other with it
            return [new DemoCheck($"{what}: {exception.Message}", 1, 0)];
        }
    }
}
