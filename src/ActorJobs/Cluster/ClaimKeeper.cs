using ActorJobs.Actors;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Supervision;

namespace ActorJobs.Cluster;

/// <summary>
/// Sees to it that no claim of this node's shards is left to nobody: those a former owner has left are looked at when the shard has been acquired,
/// all of them when a node has died, and now and then those that never reached the node they were made for.
/// </summary>
internal sealed class ClaimKeeper(ClaimKeeperContext host) : Actor<ClaimMessage>
{
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Overdue = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Dictionary<int, IReadOnlyList<Claim>> acquired = []; // wait for a picture of the cluster younger than they are
    private readonly OrderedDictionary<SweepTask, IReadOnlyList<Claim>> waiting = []; // one that is tried again comes after the others
    private IReadOnlySet<string> living = new HashSet<string>();
    private (SweepTask Task, IReadOnlyList<Claim> Claims)? sweeping;

    protected override ValueTask StartedAsync(ActorContext<ClaimMessage> context)
    {
        NoteShards(); // after a restart: what was under way is forgotten
        context.Timers.Schedule("round", Round, ClaimMessage.Round.Instance);
        return default;
    }

    protected override ValueTask ReceiveAsync(ClaimMessage message, ActorContext<ClaimMessage> context)
    {
        switch (message)
        {
            case ClaimMessage.ShardAcquired(var shard, var claims) when host.IsAlone:
                waiting[new(shard, IsAcquisition: true)] = claims;
                break;
            case ClaimMessage.ShardAcquired(var shard, var claims):
                acquired[shard] = claims; // a node that has just joined may hold some: the next picture has it
                host.Entities.Refresh();
                break;
            case ClaimMessage.Viewed(var nodes):
                TakeView(nodes);
                break;
            case ClaimMessage.Round:
                NoteShards();
                context.Timers.Schedule("round", Round, ClaimMessage.Round.Instance);
                break;
            case ClaimMessage.Found(var task, { Orphans.Count: 0 } result):
                End(task, hasFailed: !result.IsComplete, context);
                break;
            case ClaimMessage.Found(var task, var result):
                var replies = new OrphanReplies(context.Self, task, result);
                host.Entities.SendTo(task.Shard, [.. result.Orphans.Select((orphan, slot) => new EntityCommand(orphan.Key, orphan.Lose, replies, slot))]);
                break;
            case ClaimMessage.Swept(var task, var failed):
                End(task, failed, context);
                break;
            case ClaimMessage.SweepFailed(var task, var error):
                host.System.Events.Publish(new ActorFailed(context.Self.Path, error, Directive.Resume));
                End(task, hasFailed: true, context);
                break;
            case ClaimMessage.Again(var task, var claims):
                waiting.TryAdd(task, claims);
                break;
        }

        return default;
    }

    protected override ValueTask TurnEndedAsync(ActorContext<ClaimMessage> context)
    {
        if (sweeping is not null || waiting.Count == 0)
            return default;
        var (task, claims) = waiting.GetAt(0);
        waiting.RemoveAt(0);
        sweeping = (task, claims);
        context.Timers.Schedule("overdue", Overdue, new ClaimMessage.Swept(task, HasFailed: true));
        var sweep = new ClaimSweep(host, task.Shard, living);
        context.PipeToSelf(
            task.IsAcquisition ? sweep.AmongAsync(claims) : sweep.NowAsync(),
            result => new ClaimMessage.Found(task, result),
            error => new ClaimMessage.SweepFailed(task, error));
        return default;
    }

    private void TakeView(IReadOnlySet<string> nodes)
    {
        if (!living.IsSubsetOf(nodes))
            NoteShards();
        living = nodes;
        foreach (var (shard, claims) in acquired)
            waiting[new(shard, IsAcquisition: true)] = claims;
        acquired.Clear();
    }

    private void End(SweepTask task, bool hasFailed, ActorContext<ClaimMessage> context)
    {
        if (sweeping is not { } current || current.Task != task)
            return; // overdue before
        sweeping = null;
        context.Timers.Cancel("overdue");
        if (hasFailed && host.Entities.Owns(task.Shard))
            context.Timers.Schedule(task, RetryAfter, new ClaimMessage.Again(task, current.Claims));
    }

    private void NoteShards()
    {
        foreach (var shard in host.Entities.Epochs.Keys)
            waiting.TryAdd(new(shard, IsAcquisition: false), []);
    }
}
