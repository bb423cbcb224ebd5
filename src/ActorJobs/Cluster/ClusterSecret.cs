using System.Security.Cryptography;
using System.Text;

namespace ActorJobs.Cluster;

/// <summary>What the nodes of a cluster share; a node without one makes one up that nobody knows, and stays alone.</summary>
/// <param name="configured">The secret of the settings.</param>
internal sealed class ClusterSecret(string? configured)
{
    public bool IsShared => configured is not null;

    public string Value { get; } = configured ?? RandomNumberGenerator.GetHexString(64);

    /// <summary>
    /// What tells two secrets apart without showing either: nodes say it of themselves in the shared store. 8 bytes are too few to check guesses of a
    /// good secret with, and enough to notice another one.
    /// </summary>
    public string Mark => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Value), "actorjobs cluster mark"u8)[..8]);
}
