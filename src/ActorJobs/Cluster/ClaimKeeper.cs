using ActorJobs.Actors;
using ActorJobs.Actors.Supervision;

namespace ActorJobs.Cluster;

/// <summary>
/// Sees to it that no claim of this node's shards is left to nobody. A shard is looked through when it has been acquired, when a node has died, and
/// now and then for claims that never reached the node they were made for.
/// </summary>
internal sealed class ClaimKeeper(ClaimKeeperContext host) : Actor<ClaimMessage>
{
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Dictionary<int, bool> waiting = []; // shards to look through, and whether all of their claims count or only old ones
    private readonly HashSet<int> acquired = []; // shards that wait for a picture of the cluster younger than they are
    private IReadOnlySet<string> living = new HashSet<string>();
    private bool isSweeping;

    protected override ValueTask StartedAsync(ActorContext<ClaimMessage> context)
    {
        NoteShards(allClaims: true); // also after a restart: what was under way is forgotten
        context.Timers.Schedule("round", Round, ClaimMessage.Round.Instance);
        return default;
    }

    protected override ValueTask ReceiveAsync(ClaimMessage message, ActorContext<ClaimMessage> context)
    {
        switch (message)
        {
            case ClaimMessage.ShardAcquired(var shard) when host.IsAlone:
                waiting[shard] = true;
                break;
            case ClaimMessage.ShardAcquired(var shard):
                acquired.Add(shard); // a node that has just joined may hold some: the next picture has it
                host.Refresh();
                break;
            case ClaimMessage.Viewed(var nodes):
                if (!living.IsSubsetOf(nodes))
                    NoteShards(allClaims: true);
                living = nodes;
                foreach (var shard in acquired)
                    waiting[shard] = true;
                acquired.Clear();
                break;
            case ClaimMessage.Round:
                NoteShards(allClaims: false);
                context.Timers.Schedule("round", Round, ClaimMessage.Round.Instance);
                break;
            case ClaimMessage.Swept(var shard, var failed):
                isSweeping = false;
                if (failed)
                    context.Timers.Schedule(("retry", shard), RetryAfter, new ClaimMessage.Again(shard));
                break;
            case ClaimMessage.Again(var shard):
                waiting[shard] = true;
                break;
            case ClaimMessage.SweepFailed(var shard, var error):
                isSweeping = false;
                host.System.Events.Publish(new ActorFailed(context.Self.Path, error, Directive.Resume));
                context.Timers.Schedule(("retry", shard), RetryAfter, new ClaimMessage.Again(shard));
                break;
        }

        return default;
    }

    protected override ValueTask TurnEndedAsync(ActorContext<ClaimMessage> context)
    {
        if (isSweeping || waiting.Count == 0)
            return default;
        isSweeping = true;
        var (shard, allClaims) = waiting.First();
        waiting.Remove(shard);
        var sweep = new ClaimSweep(host, shard, allClaims, living);
        context.PipeToSelf(
            sweep.RunAsync(), failed => new ClaimMessage.Swept(shard, failed), error => new ClaimMessage.SweepFailed(shard, error));
        return default;
    }

    private void NoteShards(bool allClaims)
    {
        foreach (var shard in host.Entities.Epochs.Keys)
            waiting[shard] = allClaims || waiting.GetValueOrDefault(shard);
    }
}

/// <summary>What the claim keeper is told.</summary>
internal abstract record ClaimMessage
{
    private ClaimMessage()
    {
    }

    /// <summary>This node owns the shard from now on.</summary>
    public sealed record ShardAcquired(int Shard) : ClaimMessage;

    /// <summary>These nodes live.</summary>
    public sealed record Viewed(IReadOnlySet<string> Nodes) : ClaimMessage;

    /// <summary>Time to look for claims that never reached their node.</summary>
    public sealed record Round : ClaimMessage
    {
        public static Round Instance { get; } = new();
    }

    /// <summary>A shard has been looked through; whether something could not be ended.</summary>
    public sealed record Swept(int Shard, bool HasFailed) : ClaimMessage;

    /// <summary>A shard could not be looked through.</summary>
    public sealed record SweepFailed(int Shard, Exception Error) : ClaimMessage;

    /// <summary>Look through the shard once more.</summary>
    public sealed record Again(int Shard) : ClaimMessage;
}
