using System.Runtime.CompilerServices;
using ActorJobs.Workloads.Scraping.Runs;

namespace ActorJobs.Workloads.Scraping.Api;

/// <summary>A run's changes as they happen, beginning with how it is now and ending after its end.</summary>
internal sealed class RunWatch(ScrapeReading reading, RunReconciler reconciler, RunSignals signals, TimeProvider time)
{
    // changes of many companies within this time are one
    private static readonly TimeSpan Coalesce = TimeSpan.FromMilliseconds(200);

    public async IAsyncEnumerable<ScrapeRun> FollowAsync(string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var subscription = signals.Subscribe(id);
        ScrapeRun? last = null;
        while (await reading.FindAsync(id, cancellationToken) is { } found)
        {
            var run = await reconciler.ReconcileAsync(found, cancellationToken);
            if (last is null || IsNews(run, last))
                yield return last = run;
            if (run.FinishedAt is not null)
                yield break;
            await Task.Delay(Coalesce, time, cancellationToken);
            await subscription.WaitAsync(cancellationToken);
        }
    }

    private static bool IsNews(ScrapeRun run, ScrapeRun last) =>
        run.State != last.State || run.Companies!.Max(company => company.UpdatedAt) != last.Companies!.Max(company => company.UpdatedAt);
}
