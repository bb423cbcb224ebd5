using ActorJobs.Actors;
using ActorJobs.Cluster;
using Microsoft.Extensions.Options;

namespace ActorJobs.AspNetCore;

/// <summary>Whether the node does what one of its roles asks of it; for balancers that send only requests, or only work.</summary>
internal sealed class RoleHealth(NodeStatus node, IOptions<ActorJobsOptions> options, IClusterNodes? nodes = null)
{
    public static IReadOnlyList<string> Roles { get; } = ["front", "host", "work"];

    /// <summary>Null when it does, else why not.</summary>
    public string? ProblemOf(string role)
    {
        if (!options.Value.Node.Has(role))
            return "not a role of this node";
        if (node.Health.Current is not null)
            return "store away";
        return role switch
        {
            "front" => node.IsReady() ? null : "not accepting work",
            "host" => nodes?.Nodes.Any(other => other.Name == node.Name && other.Shards > 0) == true ? null : "no shards",
            _ => WorkProblem(),
        };
    }

    // an actor that fails is made anew after a moment; until then nothing starts
    private string? WorkProblem()
    {
        var working = node.Tree().Where(actor => actor.Path == "/fetcher" || actor.Path.StartsWith("/pool-", StringComparison.Ordinal)).ToArray();
        return working.Length < 2 ? "no pools" : working.All(actor => actor.State == ActorState.Running) ? null : "restarting";
    }
}
