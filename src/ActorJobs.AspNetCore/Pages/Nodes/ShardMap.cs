using System.Globalization;
using ActorJobs.Cluster;

namespace ActorJobs.AspNetCore.Pages.Nodes;

/// <summary>Which node owns which shards, in an order that stays while they move.</summary>
/// <param name="Owners">The owners by name, those without a shard too; last, with a null name, the shards that nobody owns.</param>
/// <param name="Shards">All shards, each with the number of its owner in <paramref name="Owners"/>.</param>
public sealed record ShardMap(IReadOnlyList<ShardOwner> Owners, IReadOnlyList<(ShardView Shard, int Owner)> Shards)
{
    internal static ShardMap Of(IClusterNodes cluster)
    {
        var shards = cluster.Shards;
        var names = cluster.Nodes.Select(node => node.Name).Concat(shards.Select(shard => shard.Owner).OfType<string>())
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Cast<string?>().ToList();
        if (shards.Any(shard => shard.Owner is null))
            names.Add(null);
        var owned = shards.ToLookup(shard => names.IndexOf(shard.Owner));
        return new ShardMap(
            [.. names.Select((name, number) => new ShardOwner(name, owned[number].Count(), RangesOf([.. owned[number].Select(shard => shard.Shard)])))],
            [.. shards.Select(shard => (shard, names.IndexOf(shard.Owner)))]);
    }

    /// <summary>Numbers in ascending order as people write them: <c>0–3, 7</c>.</summary>
    internal static string RangesOf(IReadOnlyList<int> numbers)
    {
        var ranges = new List<string>();
        for (var first = 0; first < numbers.Count;)
        {
            var last = first;
            while (last + 1 < numbers.Count && numbers[last + 1] == numbers[last] + 1)
                last++;
            ranges.Add(first == last
                ? numbers[first].ToString(CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{numbers[first]}–{numbers[last]}"));
            first = last + 1;
        }

        return string.Join(", ", ranges);
    }
}

/// <summary>A node and its shards.</summary>
/// <param name="Name">The node; null stands for nobody.</param>
/// <param name="Count">How many shards.</param>
/// <param name="Ranges">Which, as ranges of numbers.</param>
public sealed record ShardOwner(string? Name, int Count, string Ranges);
