using System.Security.Cryptography;

namespace ActorJobs.Cluster;

/// <summary>What the nodes of a cluster share; a node without one makes one up that nobody knows, and stays alone.</summary>
/// <param name="configured">The secret of the settings.</param>
internal sealed class ClusterSecret(string? configured)
{
    public bool IsShared => configured is not null;

    public string Value { get; } = configured ?? RandomNumberGenerator.GetHexString(64);
}
