using System.Collections.Frozen;
using ActorJobs.Actors;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Shards;
using ActorJobs.Actors.Stores;
using ActorJobs.Jobs;
using ActorJobs.Limits.Breakers;
using ActorJobs.Pools;
using ActorJobs.Queues;

namespace ActorJobs.Queries;

/// <summary>Steers queues, which are entities, and this node's pools.</summary>
/// <param name="entities">The queues.</param>
/// <param name="store">Where jobs are counted.</param>
/// <param name="board">What this node knows of queues.</param>
/// <param name="views">How they are shown.</param>
/// <param name="pools">This node's pools.</param>
/// <param name="time">The clock.</param>
/// <param name="spread">Waits until other nodes know how queues are steered.</param>
internal sealed class QueueControl(
    EntityHost entities, IEntityStore store, QueueBoard board, QueueViews views, Func<FrozenDictionary<string, ActorRef<PoolMessage>>> pools, TimeProvider time,
    Func<CancellationToken, Task> spread) : IQueueControl
{
    private const int MaxPoolSize = 10_000;
    private static readonly TimeSpan ReplyDeadline = TimeSpan.FromSeconds(30);

    public async ValueTask<IReadOnlyList<QueueView>> ListQueuesAsync(CancellationToken cancellationToken = default) =>
        views.All(await store.CountAsync(JobIndex.Prefix, cancellationToken).ConfigureAwait(false));

    public async ValueTask<QueueView?> FindQueueAsync(string name, CancellationToken cancellationToken = default)
    {
        var counts = await CountAsync(name, cancellationToken).ConfigureAwait(false);
        return counts.Count == 0 && !board.Knows(name) ? null : views.ViewOf(name, counts);
    }

    public async ValueTask<QueueView> ChangeQueueAsync(string name, QueueChange change, CancellationToken cancellationToken = default)
    {
        if (!JobKind.IsValidName(name))
            throw new ArgumentException($"'{name}' is no name of a queue.", nameof(name));
        if (change.Problem() is var (field, rule))
            throw new ArgumentOutOfRangeException(nameof(change), $"{field}: {rule}");
        board.Of(name).Settings = await entities.AskAsync<QueueSettings>(
            new EntityKey(QueueDecider.Kind, name), new ChangeQueue(change), null, cancellationToken)
            .AsTask().WaitAsync(ReplyDeadline, time, cancellationToken).ConfigureAwait(false);
        await spread(cancellationToken).ConfigureAwait(false);
        return views.ViewOf(name, await CountAsync(name, cancellationToken).ConfigureAwait(false));
    }

    public ValueTask<IReadOnlyList<BreakerView>> ListBreakersAsync(CancellationToken cancellationToken = default) => new(views.Breakers());

    public async ValueTask<BreakerView> SetBreakerAsync(string name, bool open, CancellationToken cancellationToken = default)
    {
        if (!JobKind.IsValidName(name))
            throw new ArgumentException($"'{name}' is no name of a dependency.", nameof(name));
        var options = board.Breakers.OptionsOf(name);
        var after = await entities.AskAsync<CircuitBreaker>(BreakerEntity.Key(name), new SetBreaker(options, open), null, cancellationToken)
            .AsTask().WaitAsync(ReplyDeadline, time, cancellationToken).ConfigureAwait(false);
        board.Breakers.Take(name, after);
        return after.View(name, time.GetUtcNow(), options.Window);
    }

    public ValueTask<IReadOnlyList<PoolView>> ListPoolsAsync(CancellationToken cancellationToken = default) => new(views.Pools());

    public ValueTask<PoolView?> ResizePoolAsync(string name, int size, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MaxPoolSize);
        if (!pools().TryGetValue(name, out var pool))
            return new((PoolView?)null);
        pool.Tell(new PoolMessage.Resize(size));
        return new(views.Pool(name) with { Size = size, Min = null, Max = null });
    }

    public ValueTask<PoolView?> ScalePoolAsync(string name, int min, int max, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(min, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(max, min);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, MaxPoolSize);
        if (!pools().TryGetValue(name, out var pool))
            return new((PoolView?)null);
        var bounds = new PoolBounds(min, max);
        pool.Tell(new PoolMessage.Bound(bounds));
        var view = views.Pool(name);
        return new(view with { Size = bounds.Clamp(view.Size), Min = min, Max = max });
    }

    // the lists of one queue, state by state: what it costs does not grow with the number of queues
    private async ValueTask<IReadOnlyDictionary<string, long>> CountAsync(string queue, CancellationToken cancellationToken)
    {
        var counts = await Task.WhenAll(Enum.GetValues<JobStatus>().Select(
            status => store.CountAsync(JobIndex.PrefixOf(status) + queue, cancellationToken).AsTask())).ConfigureAwait(false);
        return counts.SelectMany(count => count).Where(count => JobIndex.Parse(count.Key).Queue == queue).ToDictionary(StringComparer.Ordinal);
    }
}

/// <summary>Keeps the board up with the queues' settings, and has the fetcher look again when a queue may run.</summary>
internal sealed class QueueObserver(QueueBoard board, Func<ActorRef<FetcherMessage>> fetcher, Action steered) : IEntityObserver<QueueSettings>
{
    public void Changed(EntityKey key, QueueSettings before, QueueSettings after)
    {
        board.Of(key.Id).Settings = after;
        steered();
        fetcher().Tell(FetcherMessage.Look.Instance);
    }

    public void TurnEnded()
    {
    }
}
