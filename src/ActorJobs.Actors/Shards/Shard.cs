using ActorJobs.Actors.Entities;

namespace ActorJobs.Actors.Shards;

/// <summary>
/// Owns a shard: runs its entities, one turn at a time. A turn takes in all messages that wait, decides every entity that got commands, and
/// sends one batch of writes off; replies leave when the batch is durable.
/// </summary>
internal sealed partial class Shard(int number, EntityHostContext host) : Actor<ShardMessage>
{
    public const int MaxEntityBytes = 4 << 20;

    private readonly CellCache cells = new(Math.Max(64, host.Options.LoadedEntities / host.Options.Shards), host.Weight);
    private readonly List<EntityCell> toDecide = [];
    private readonly List<EntityCell> toLoad = [];
    private readonly Dictionary<EntityKind, object> observers = [];
    private readonly List<Action> observerTurnEnds = [];
    private readonly Random random = host.Options.Seed is { } seed ? new Random(seed + number) : Random.Shared;

    public int Number => number;

    public long Epoch { get; private set; }

    /// <summary>The instant of this turn.</summary>
    public DateTimeOffset Now { get; private set; }

    public DecisionContext Context(EntityKey key) => new(key, Now, (ulong)random.NextInt64(long.MinValue, long.MaxValue));

    public IEntityObserver<TState>? ObserverOf<TState, TCommand, TEvent>(EntityKind<TState, TCommand, TEvent> kind)
        where TState : class
        where TCommand : class
        where TEvent : class
    {
        if (kind.Observer is not { } create)
            return null;
        if (observers.TryGetValue(kind, out var known))
            return (IEntityObserver<TState>)known;
        var observer = create(number);
        observers[kind] = observer;
        observerTurnEnds.Add(observer.TurnEnded);
        return observer;
    }

    public void ReportFault(EntityKey key, Exception error) =>
        host.System.Events.Publish(new ActorFailed($"/shards/{number}/{key}", error, Supervision.Directive.Resume));

    protected internal override async ValueTask StartedAsync(ActorContext<ShardMessage> context)
    {
        using var deadline = new CancellationTokenSource(host.Options.StoreDeadline, host.System.Time);
        Epoch = await host.Store.AcquireShardAsync(number, host.Options.Node, deadline.Token).ConfigureAwait(false);
        var leased = await host.Store.ReadLeasedAsync(number, deadline.Token).ConfigureAwait(false);
        host.NoteEpoch(number, Epoch);
        await host.Options.ShardAcquired(number, leased).ConfigureAwait(false);
        Now = host.System.Time.GetUtcNow();
        LoadDuePage(context);
        LoadOutboxPage(context);
    }

    /// <summary>Whoever waits for a reply learns that it will not come from this owner.</summary>
    protected internal override ValueTask StoppedAsync(ActorContext<ShardMessage> context)
    {
        foreach (var cell in cells.All)
            cell.FailAll(new EntityFailure(EntityFailureReason.Unavailable, "the shard is moving; what became of the command is unknown"));
        cells.Clear();
        host.Options.ShardClosed(number);
        return default;
    }

    protected internal override ValueTask ReceiveAsync(ShardMessage message, ActorContext<ShardMessage> context)
    {
        Now = host.System.Time.GetUtcNow();
        switch (message)
        {
            case ShardMessage.Deliver(var commands):
                if (isLeaving)
                    host.Redirect(number, commands);
                else
                    Accept(commands);
                break;
            case ShardMessage.Loaded(var epoch, var loaded, var entities) when epoch == Epoch:
                TakeLoaded(loaded, entities);
                break;
            case ShardMessage.LoadFailed(var epoch, var failed, var error) when epoch == Epoch:
                FailLoading(failed, error);
                break;
            case ShardMessage.Written(var batch, var results):
                TakeResults(batch, results.Span);
                break;
            case ShardMessage.DuePage(var epoch, var entries, var limit) when epoch == Epoch:
                TakeDuePage(entries, limit);
                break;
            case ShardMessage.DuePageFailed(var epoch, _) when epoch == Epoch:
                RetryDuePage();
                break;
            case ShardMessage.HandOver:
                BeginHandOver();
                break;
            case ShardMessage.Answered answered when answered.Epoch == Epoch:
                outbox.Answer(answered.Key, answered.Id, answered.Reply, Now);
                break;
            case ShardMessage.OutboxPage(var epoch, var entries) when epoch == Epoch:
                TakeOutboxPage(entries);
                break;
            case ShardMessage.OutboxPageFailed(var epoch) when epoch == Epoch:
                retryOutbox = true;
                break;
            case ShardMessage.Sweep:
                SweepOutbox();
                break;
            case ShardMessage.Tick:
                scheduled = null; // the timer is spent, also when it came before its time
                break;
        }

        return default;
    }

    /// <summary>Everything the turn has gathered goes out: reads, writes, what observers have to say.</summary>
    protected internal override ValueTask TurnEndedAsync(ActorContext<ShardMessage> context)
    {
        if (isLeaving)
        {
            ContinueHandOver(context);
            return default;
        }

        TakeDue();
        TakeAnswers();
        Load(context);
        Write(context);
        foreach (var turnEnded in observerTurnEnds)
            turnEnded();
        cells.Trim();
        ScheduleDue(context);
        SendOutbox(context);
        return default;
    }

    private void Accept(IReadOnlyList<EntityCommand> commands)
    {
        for (var i = 0; i < commands.Count; i++)
            Accept(commands[i]);
    }

    private void Accept(EntityCommand command)
    {
        if (CellOf(command.Key, command.IsNew) is not { } cell)
        {
            command.Replies?.Reply(command.Slot, new EntityFailure(EntityFailureReason.UnknownKind, command.Key.Kind));
            return;
        }

        cell.Enqueue(command);
        List(cell);
    }

    private EntityCell? CellOf(EntityKey key, bool isNew)
    {
        if (cells.Find(key) is { } known)
            return known;
        if (!host.Kinds.TryGetValue(key.Kind, out var kind))
            return null;
        var cell = kind.CreateCell(key, this);
        cells.Add(cell);
        if (isNew)
            cell.Load(null, null);
        else
            BeginLoading(cell);
        return cell;
    }

    /// <summary>Notes that a cell has something to decide at the end of the turn.</summary>
    private void List(EntityCell cell)
    {
        if (cell.Status != CellStatus.Ready || cell.IsListed)
            return;
        cell.IsListed = true;
        toDecide.Add(cell);
    }

    private void BeginLoading(EntityCell cell)
    {
        cell.BeginLoading();
        toLoad.Add(cell);
    }
}
