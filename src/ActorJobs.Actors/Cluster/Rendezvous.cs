using System.Text;

namespace ActorJobs.Actors.Cluster;

/// <summary>
/// Which node should own which shard: rendezvous hashing with bounded loads. Each shard goes to the node it scores highest with among those that
/// have room, so that every node computes the same from the same names, shares differ by one at most, and few shards move when a node comes or goes.
/// </summary>
internal static class Rendezvous
{
    /// <summary>The node of each shard, or null when there is no node.</summary>
    public static string?[] Allocate(int shards, IReadOnlyCollection<string> nodes)
    {
        var owners = new string?[shards];
        if (nodes.Count == 0)
            return owners;
        var seeds = nodes.Order(StringComparer.Ordinal).Select(name => (Name: name, Seed: SeedOf(name))).ToArray();
        var (share, extra) = Math.DivRem(shards, seeds.Length); // so many nodes get one more
        var owned = seeds.ToDictionary(node => node.Name, _ => 0, StringComparer.Ordinal);
        for (var shard = 0; shard < shards; shard++)
        {
            var number = shard;
            var owner = seeds.Where(node => owned[node.Name] < share || (owned[node.Name] == share && extra > 0)).MaxBy(node => Mix(node.Seed ^ Mix((ulong)number + 1))).Name;
            if (owned[owner]++ == share)
                extra--;
            owners[shard] = owner;
        }

        return owners;
    }

    // FNV-1a, 64 bits
    private static ulong SeedOf(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var part in Encoding.UTF8.GetBytes(name))
            hash = (hash ^ part) * 1099511628211UL;
        return hash;
    }

    // the finaliser of MurmurHash3, 64 bits
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xFF51AFD7ED558CCDUL;
        value = (value ^ (value >> 33)) * 0xC4CEB9FE1A85EC53UL;
        return value ^ (value >> 33);
    }
}
