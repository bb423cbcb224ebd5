using ActorJobs.Jobs;
using ActorJobs.Simulation.Work;
using ActorJobs.Simulation.World;
using ActorJobs.Workflows;

namespace ActorJobs.Simulation.Checks;

/// <summary>Whether everything has come to its end: what is left, in words, or nothing.</summary>
internal static class Quiescence
{
    /// <summary>What is not at its end, or null.</summary>
    public static string? WhatIsLeft(SimulatedCluster cluster, Ledger ledger)
    {
        foreach (var (index, count) in cluster.Store.CountAsync("", CancellationToken.None).AsTask().GetAwaiter().GetResult())
        {
            if (IsUnderWay(index))
                return $"{count} in {index}";
        }

        return cluster.Nodes.Where(node => node.IsUp).Select(WhatIsLeft).FirstOrDefault(left => left is not null) ?? WhoIsMissing(cluster) ?? ledger.WhatIsOpen();
    }

    private static bool IsUnderWay(string index) =>
        index is "outbox" or "schedule"
        || (index.StartsWith(JobIndex.Prefix, StringComparison.Ordinal) && !JobIndex.Parse(index).Status.IsTerminal())
        || (index.StartsWith(WorkflowIndex.Prefix, StringComparison.Ordinal)
            && !Enum.Parse<WorkflowStatus>(index[WorkflowIndex.Prefix.Length..]).IsTerminal());

    private static string? WhatIsLeft(SimulatedNode node)
    {
        if (node.IsLeaving)
            return $"{node.Name} has not left";
        if (node.Jobs.Pools.Count == 0)
            return $"{node.Name} has not started";
        if (node.Jobs.Held > 0)
            return $"{node.Name} holds {node.Jobs.Held} claims";
        return JobDraft.Queues.Where(queue => node.Jobs.Board.Of(queue).Waiting != 0)
            .Select(queue => $"{node.Name} thinks that {node.Jobs.Board.Of(queue).Waiting} wait in {queue}").FirstOrDefault();
    }

    // every shard runs on exactly one node, and nowhere else
    private static string? WhoIsMissing(SimulatedCluster cluster)
    {
        var runs = cluster.Nodes.Where(node => node.IsUp).SelectMany(node => node.Jobs.Entities.Epochs.Keys).ToArray();
        return runs.Length == cluster.Shards && runs.Distinct().Count() == cluster.Shards
            ? null
            : $"{cluster.Shards} shards run as [{string.Join(",", runs.Order())}]";
    }
}
