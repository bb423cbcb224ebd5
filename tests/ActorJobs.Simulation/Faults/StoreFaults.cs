using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Simulation.Faults;

/// <summary>What a store may do wrong.</summary>
internal static class StoreFaults
{
    private const int MovesPerLoss = 10;

    public static IReadOnlyList<DeliberateFault> All { get; } =
    [
        new("the store does not check epochs", 20, () => Under(store => new(store) { Write = write => write with { Epoch = long.MaxValue } })),
        // either alone is made up for by the other
        new("the store neither checks versions nor keeps late writes out", 100, () => Under(store => new(store)
        {
            Write = write => write with { ExpectedVersion = VersionOf(write.Key, store) },
            LetsLateWritesIn = true,
        })),
        new("the store does not check unique keys", 20, () => Under(store => new(store) { Write = write => write with { ClaimedKey = null } })),
        new("the store gives a new owner the epoch of the last", 20, () => Under(store => new(store) { Epoch = epoch => Math.Max(1, epoch - 1) })),
        new("the store loses a move between lists now and then", 20, () => Under(LosesMoves)),
        new("the store keeps the lease of an attempt that ended", 20, () => Under(store => new(store) { Write = KeepsLease })),
    ];

    private static Mutation Under(Func<IEntityStore, AlteredStore> alter) => new() { UnderStore = alter };

    private static AlteredStore LosesMoves(IEntityStore store)
    {
        var moves = 0;
        return new AlteredStore(store)
        {
            Write = write => write.Removed.Count > 0 && write.Added.Count > 0 && ++moves % MovesPerLoss == 0 ? write with { Removed = [], Added = [] } : write,
        };
    }

    private static EntityWrite KeepsLease(EntityWrite write) => write.Lease == LeaseChange.Clear ? write with { Lease = LeaseChange.Keep } : write;

    private static long VersionOf(EntityKey key, IEntityStore store) =>
        store.ReadAsync([key], CancellationToken.None).AsTask().GetAwaiter().GetResult()[0]?.Version ?? 0;
}
