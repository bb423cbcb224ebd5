using ActorJobs.Actors;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Shards;
using ActorJobs.Actors.Stores;
using ActorJobs.Jobs;
using ActorJobs.Queues;

namespace ActorJobs.Limits;

/// <summary>
/// Finds permits that nobody will give back: their node died before it used them, or the message that gave them back was lost with its node. What the
/// store says of the job decides. Each node looks after the arbiters on its shards.
/// </summary>
/// <param name="board">Which queues have limits.</param>
/// <param name="entities">The arbiters.</param>
/// <param name="store">The jobs.</param>
/// <param name="shards">How many there are.</param>
/// <param name="presence">What is known of who asked for a permit.</param>
internal sealed class PermitKeeper(QueueBoard board, EntityHost entities, IEntityStore store, int shards, Func<string, AskerPresence> presence) : Actor<PermitRound>
{
    private const int PageLimit = 500;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1); // what a dead process left holds jobs up
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan OldAge = TimeSpan.FromSeconds(60); // three times as long as one may be used

    // A node that is not seen may only be cut off, or stopped for a while, with a granted permit in hand, and start a job with it when it is back. So its
    // permits come back when they could not be used any more in any case: their life, and a half of it for clocks that differ.
    private static readonly TimeSpan OldAgeOfMissing = JobFetcher.PermitLife * 1.5;

    private bool isLooking;

    protected override ValueTask StartedAsync(ActorContext<PermitRound> context)
    {
        context.Timers.Schedule("round", First, PermitRound.Due);
        return default;
    }

    protected override ValueTask ReceiveAsync(PermitRound message, ActorContext<PermitRound> context)
    {
        if (message == PermitRound.Over)
        {
            isLooking = false;
            return default;
        }

        context.Timers.Schedule("round", Round, PermitRound.Due);
        if (isLooking || board.Limited.Where(name => entities.Owns(ShardHash.Of(name, shards))).ToArray() is not { Length: > 0 } queues)
            return default;
        isLooking = true;
        context.PipeToSelf(LookAsync(queues, context.Time), _ => PermitRound.Over, _ => PermitRound.Over); // what failed comes again with the next round
        return default;
    }

    private async ValueTask<bool> LookAsync(IReadOnlyList<string> queues, TimeProvider time)
    {
        using var deadline = new CancellationTokenSource(Deadline, time);
        foreach (var page in queues.Chunk(PageLimit))
        {
            foreach (var arbiter in await store.ReadAsync([.. page.Select(LimitEntity.Key)], deadline.Token).ConfigureAwait(false))
            {
                if (arbiter is not null && await NobodysAsync(LimitEntity.StateOf(arbiter), time.GetUtcNow(), deadline.Token).ConfigureAwait(false) is { Count: > 0 } lost)
                    entities.Send([new EntityCommand(arbiter.Key, new SettlePermits([], lost))]);
            }
        }

        return true;
    }

    private async ValueTask<IReadOnlyList<long>> NobodysAsync(LimitState state, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lost = new List<long>();
        foreach (var page in state.Permits.Where(permit => now - permit.At > AgeOf(presence(permit.Asker))).Chunk(PageLimit))
        {
            var jobs = await store.ReadAsync([.. page.Select(permit => JobEntity.Key(new JobId(permit.Job)))], cancellationToken).ConfigureAwait(false);
            lost.AddRange(page.Where((permit, i) => jobs[i] is not { } job || JobReading.StateOf(job).Running?.Permit != permit.Number).Select(permit => permit.Number));
        }

        return lost;
    }

    private static TimeSpan AgeOf(AskerPresence presence) => presence switch
    {
        AskerPresence.Dead => TimeSpan.MinValue,
        AskerPresence.Missing => OldAgeOfMissing,
        _ => OldAge,
    };
}

/// <summary>What is known of a node that asked for a permit.</summary>
internal enum AskerPresence
{
    /// <summary>It lives, by the cluster's membership.</summary>
    Living,

    /// <summary>Its lease has run out: it died, or is cut off and may come back.</summary>
    Missing,

    /// <summary>It was an earlier process of a store that only one process uses.</summary>
    Dead,
}

/// <summary>What the permit keeper is told.</summary>
internal sealed class PermitRound
{
    private PermitRound()
    {
    }

    public static PermitRound Due { get; } = new();

    public static PermitRound Over { get; } = new();
}
