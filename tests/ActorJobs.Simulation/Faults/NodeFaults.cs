using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.TestKit.Stores;

namespace ActorJobs.Simulation.Faults;

/// <summary>What a node may do wrong with the store, the meeting place and other nodes.</summary>
internal static class NodeFaults
{
    public static IReadOnlyList<DeliberateFault> All { get; } =
    [
        new("a node answers before the commit", 20, () => Over(store => new(store) { Answer = AtOnce })),
        new("a node takes an unknown outcome for written", 20, () => Over(store => new(store) { Answer = AsIfWritten })),
        new("a new owner does not read what is due", 20, () => Over(store => new(store) { EmptyIndex = DueIndex.Name })),
        new("a new owner does not read who has messages to send", 120, () => Over(store => new(store) { EmptyIndex = Outbox.Index })),
        new("a new owner does not read which attempts run", 60, () => Over(store => new(store) { HidesLeases = true })),
        new("a node does not give unique keys back", 20, () => Over(store => new(store) { Write = write => write with { ReleasedKey = null } })),
        new("a node keeps its shards after its lease", 60, () => new() { OverMembers = (members, node) => new StubbornMembers(members, node) }),
        new("what waits at a hand-over is lost, and counts as done", 20, () => new() { OverTransport = transport => new CarelessTransport(transport) }),
    ];

    private static Mutation Over(Func<IEntityStore, AlteredStore> alter) => new() { OverStore = alter };

    private static Task<IReadOnlyList<WriteResult>> AtOnce(int count, Task<IReadOnlyList<WriteResult>> answer)
    {
        _ = AsIfWritten(count, answer);
        return Task.FromResult(Written(count));
    }

    private static async Task<IReadOnlyList<WriteResult>> AsIfWritten(int count, Task<IReadOnlyList<WriteResult>> answer)
    {
        try
        {
            return await answer.ConfigureAwait(false);
        }
        catch (Exception error) when (error is StoreFaultException or OperationCanceledException)
        {
            return Written(count);
        }
    }

    private static IReadOnlyList<WriteResult> Written(int count) => [.. Enumerable.Repeat(new WriteResult(WriteStatus.Written), count)];
}
