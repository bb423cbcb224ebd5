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
/// <param name="mayLive">Whether a node may still use what it was given; false only for one that is certainly gone.</param>
internal sealed class PermitKeeper(QueueBoard board, EntityHost entities, IEntityStore store, int shards, Func<string, bool> mayLive) : Actor<PermitRound>
{
    private const int PageLimit = 500;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1); // what a dead process left holds jobs up
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan OldAge = TimeSpan.FromSeconds(60); // three times as long as one may be used

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
        foreach (var page in state.Permits.Where(permit => !mayLive(permit.Asker) || now - permit.At > OldAge).Chunk(PageLimit))
        {
            var jobs = await store.ReadAsync([.. page.Select(permit => JobEntity.Key(new JobId(permit.Job)))], cancellationToken).ConfigureAwait(false);
            lost.AddRange(page.Where((permit, i) => jobs[i] is not { } job || JobReading.StateOf(job).Running?.Permit != permit.Number).Select(permit => permit.Number));
        }

        return lost;
    }
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
