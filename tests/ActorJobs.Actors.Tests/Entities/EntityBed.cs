using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Shards;
using ActorJobs.Actors.Stores;
using ActorJobs.Actors.Stores.Memory;
using ActorJobs.TestKit.Accounts;
using ActorJobs.TestKit.Simulation;
using ActorJobs.TestKit.Stores;

namespace ActorJobs.Actors.Tests.Entities;

/// <summary>Accounts on a host over a faulty store in memory; nothing moves unless the test says so.</summary>
internal sealed class EntityBed : IAsyncDisposable
{
    private readonly Func<EntityHostOptions, EntityHostOptions> configure;

    private EntityBed(Func<EntityHostOptions, EntityHostOptions>? configure)
    {
        this.configure = configure ?? (options => options);
        Actors = new ActorTestBed();
    }

    public ActorTestBed Actors { get; private set; }

    public FaultyEntityStore Store { get; } = new(new MemoryEntityStore());

    public EntityHost Host { get; private set; } = null!;

    public DateTimeOffset Now => Actors.Time.GetUtcNow();

    public static EntityBed Start(Func<EntityHostOptions, EntityHostOptions>? configure = null)
    {
        var bed = new EntityBed(configure);
        bed.StartHost(bed.configure);
        return bed;
    }

    /// <summary>Ends the host as a process would end, and starts another one over the same store, at the same instant.</summary>
    public async Task RestartAsync(Func<EntityHostOptions, EntityHostOptions>? changed = null)
    {
        await Actors.DisposeAsync();
        Actors = new ActorTestBed(seed: 2, time: Actors.Time);
        StartHost(changed ?? configure);
    }

    public void Run() => Actors.Run();

    public void Advance(TimeSpan by) => Actors.Advance(by);

    /// <summary>Sends without letting anything run.</summary>
    public Sent Send(string id, AccountCommand command, string? commandId = null, bool isNew = false)
    {
        var sent = new Sent();
        Host.Send([new EntityCommand(Account.Key(id), command, sent, 0, commandId) { IsNew = isNew }]);
        return sent;
    }

    /// <summary>Sends and runs until all is quiet.</summary>
    public Sent Ask(string id, AccountCommand command, string? commandId = null)
    {
        var sent = Send(id, command, commandId);
        Run();
        return sent;
    }

    /// <summary>The account as the store has it, without its lease.</summary>
    public async Task<Account?> StoredAsync(string id) =>
        await EntityAsync(id) is { } stored ? Account.Codec().DecodeState(stored.State.Data) : null;

    public async Task<StoredEntity?> EntityAsync(string id) => Assert.Single(await Store.ReadAsync([Account.Key(id)], default));

    public async Task<string[]> HistoryAsync(string id) =>
        [.. (await Store.ReadHistoryAsync(Account.Key(id), 0, 1000, default)).Select(item => item.Event.Type)];

    /// <summary>Writes one event as if by another owner of the same epoch.</summary>
    public async Task WriteBehindAsync(string id, AccountEvent happened, Account state, long epoch = 1)
    {
        var codec = Account.Codec();
        var version = (await EntityAsync(id))?.Version ?? 0;
        var write = new EntityWrite
        {
            Key = Account.Key(id),
            Shard = 0,
            Epoch = epoch,
            ExpectedVersion = version,
            Events = [new EncodedEvent(codec.TypeOf(happened), Now, codec.EncodeEvent(happened))],
            State = new EncodedState(1, codec.EncodeState(state)),
        };
        Assert.Equal(WriteStatus.Written, Assert.Single(await Store.WriteAsync([write], default)).Status);
    }

    public ValueTask DisposeAsync() => Actors.DisposeAsync();

    private void StartHost(Func<EntityHostOptions, EntityHostOptions> options)
    {
        var configured = options(new EntityHostOptions { Shards = 1, Node = "node-a", Kinds = [Account.Kind()], Seed = 1 });
        Assert.True(Store.OpenAsync(configured.Shards, default).AsTask().IsCompletedSuccessfully);
        Host = EntityHost.Start(Actors.System, Store, configured);
        Run();
    }
}
