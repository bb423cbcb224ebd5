using System.ComponentModel.DataAnnotations;

namespace ActorJobs;

/// <summary>How the node meets others, which share its store. Bound from <c>ActorJobs:Cluster</c>.</summary>
[ClosedSettings]
public sealed class ClusterSettings
{
    /// <summary>The address other nodes reach this one at, for instance <c>http://10.0.0.5:8080</c>. Default: the first address the node listens on.</summary>
    public string? Url { get; set; }

    /// <summary>What nodes prove to one another that they belong together with, at least 16 characters; required for more than one node.</summary>
    [MinLength(16)]
    public string? Secret { get; set; }

    /// <summary>How long a node that says nothing counts as living: after that others take its work over. Default: 6 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(6);
}
