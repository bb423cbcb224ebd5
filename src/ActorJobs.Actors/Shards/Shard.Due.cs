using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Actors.Shards;

/// <summary>Waking and deleting entities when their time has come.</summary>
internal sealed partial class Shard
{
    private const int DuePageLimit = 1024;
    private const int DuePerTurn = 256;
    private static readonly TimeSpan PagePace = TimeSpan.FromMilliseconds(10);

    private readonly IndexWindow window = new(DuePageLimit);
    private readonly HashSet<EntityKey> due = []; // taken from the window, not yet decided
    private long? scheduled; // what the timer is set to
    private DateTimeOffset lastPage;
    private bool retryDue;

    /// <summary>Keeps the window up with an entity's new due time.</summary>
    public void NoteDue(EntityKey key, Intents intents)
    {
        if (DueIndex.Of(intents) is { } next)
            window.Put(key, next.At);
        else
            window.Remove(key);
    }

    private void TakeDue()
    {
        if (due.Count > 0)
            return; // the last ones first: this bounds the work that due entities make
        var now = Now.ToUnixTimeMilliseconds();
        while (due.Count < DuePerTurn && window.First is { } first && first.Sort <= now)
        {
            window.Remove(first.Key);
            if (CellOf(first.Key, isNew: false) is not { } cell)
                continue; // a kind this node does not know: left in the index for one that does
            due.Add(first.Key);
            List(cell);
        }
    }

    private void LoadDuePage(ActorContext<ShardMessage> context)
    {
        var epoch = Epoch;
        window.BeginPage();
        lastPage = Now;
        context.PipeToSelf(
            ReadDueAsync(new IndexQuery(number, DueIndex.Name, DuePageLimit) { After = window.End }),
            entries => new ShardMessage.DuePage(epoch, entries, DuePageLimit),
            error => new ShardMessage.DuePageFailed(epoch, error));
    }

    private async ValueTask<IReadOnlyList<StoredEntry>> ReadDueAsync(IndexQuery query)
    {
        using var deadline = new CancellationTokenSource(host.Options.StoreDeadline, host.System.Time);
        return await host.Store.ReadIndexAsync(query, deadline.Token).ConfigureAwait(false);
    }

    private void TakeDuePage(IReadOnlyList<StoredEntry> entries, int limit)
    {
        scheduled = null;
        window.AddPage(entries, entries.Count < limit);
    }

    private void RetryDuePage()
    {
        window.AbandonPage();
        retryDue = true;
    }

    private void ScheduleDue(ActorContext<ShardMessage> context)
    {
        if (retryDue)
        {
            // what could not be handled is still in the index: read it again, a little later
            retryDue = false;
            window.Forget();
            ScheduleTick(context, TimeSpan.FromSeconds(1));
        }
        else if (due.Count > 0)
        {
            return; // the end of what is under way brings the next turn
        }
        else if (window.NeedsPage)
        {
            // paced: entries nobody here can handle must not make this a spinning loop
            if (Now - lastPage >= PagePace)
                LoadDuePage(context);
            else
                ScheduleTick(context, PagePace);
        }
        else if (window.First is { } first && scheduled != first.Sort)
        {
            scheduled = first.Sort;
            ScheduleTick(context, DateTimeOffset.FromUnixTimeMilliseconds(first.Sort) - Now);
        }
    }

    private static void ScheduleTick(ActorContext<ShardMessage> context, TimeSpan delay)
    {
        // timers take at most 49 days; a tick too early does no harm
        var bounded = delay > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : delay;
        context.Timers.Schedule("due", bounded, ShardMessage.Tick.Instance);
    }
}
