using ActorJobs.Actors;
using ActorJobs.Actors.Stores;
using ActorJobs.Jobs;

namespace ActorJobs.Queues;

/// <summary>Filling the windows from the store.</summary>
internal sealed partial class JobFetcher
{
    private const int MaxPagesInFlight = 8;

    private bool levelsKnown; // whether a level nobody has heard of is empty
    private bool isReadingLevels;
    private bool mustReadLevels;
    private int pagesInFlight;

    private void ReadLevels(ActorContext<FetcherMessage> context)
    {
        if (!mustReadLevels || isReadingLevels)
            return;
        (mustReadLevels, isReadingLevels) = (false, true);
        context.PipeToSelf(
            host.ReadLevelsAsync(),
            counts => new FetcherMessage.LevelsRead(this, counts),
            _ => new FetcherMessage.LevelsRead(this, null));
    }

    private void TakeLevels(IReadOnlyDictionary<string, long>? counts, ActorContext<FetcherMessage> context)
    {
        isReadingLevels = false;
        if (counts is null)
        {
            context.Timers.Schedule("levels", RetryAfter, FetcherMessage.LevelsWanted.Instance);
            return;
        }

        foreach (var name in counts.Keys)
        {
            var (_, queue, priority) = JobIndex.Parse(name);
            QueueOf(queue).Level(priority, isEmpty: false);
        }

        levelsKnown = true;
    }

    private void ReadPages(ActorContext<FetcherMessage> context)
    {
        foreach (var (name, queue) in queues)
        {
            for (var priority = 9; priority >= 0 && pagesInFlight < MaxPagesInFlight; priority--)
            {
                while (pagesInFlight < MaxPagesInFlight && queue.Level(priority)?.TakeWanting() is var (shard, after))
                {
                    pagesInFlight++;
                    var (level, index) = (priority, JobIndex.Of(JobStatus.Available, name, priority));
                    context.PipeToSelf(
                        host.ReadPageAsync(new IndexQuery(shard, index, LevelWindow.PageLimit) { After = after }),
                        entries => new FetcherMessage.PageRead(this, name, level, shard, entries),
                        _ => new FetcherMessage.PageRead(this, name, level, shard, null));
                }
            }
        }
    }

    private void TakePage(FetcherMessage.PageRead page, ActorContext<FetcherMessage> context)
    {
        if (page.Entries is not { } entries)
        {
            // counts as in flight until it is wanted again: a store that fails at once is not asked in a loop
            context.Timers.Schedule((page.Queue, page.Priority, page.Shard), RetryAfter, new FetcherMessage.PageWanted(page));
            return;
        }

        pagesInFlight--;
        queues[page.Queue].Level(page.Priority)!.AddPage(page.Shard, entries, entries.Count < LevelWindow.PageLimit);
    }
}
