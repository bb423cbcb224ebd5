using System.ComponentModel.DataAnnotations;

namespace ActorJobs.Redis;

/// <summary>Where the shared store is and how it is talked to. Bound from <c>ActorJobs:Redis</c>.</summary>
public sealed class RedisStoreOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "ActorJobs:Redis";

    /// <summary>
    /// The servers as <c>host:port</c> with commas between, then options of the client: <c>redis-a:6379,redis-b:6379,password=secret,ssl=true</c>.
    /// With <see cref="Sentinel"/> these are the Sentinels. Never logged, for it may hold a password. Default: <c>127.0.0.1:6379</c>.
    /// </summary>
    [Required(AllowEmptyStrings = false)]
    public string Connection { get; set; } = "127.0.0.1:6379";

    /// <summary>What the names of all keys begin with; installations that share a server differ here. Default: <c>aj</c>.</summary>
    [RegularExpression("[^{}\\s]{1,64}", ErrorMessage = "The field {0} must be 1 to 64 characters without braces and spaces.")]
    public string Prefix { get; set; } = "aj";

    /// <summary>The name under which Sentinels know the service. Default: none, the connection names the servers themselves.</summary>
    public string? Sentinel { get; set; }

    /// <summary>
    /// A PEM file with the authorities that have signed the certificates of servers and Sentinels, for <c>ssl=true</c> in the connection. Default: none, those
    /// that the system trusts.
    /// </summary>
    public string? CertificateAuthority { get; set; }

    /// <summary>
    /// How many replicas are waited for after each group of commits. A group that fewer have confirmed within <see cref="ReplicaDeadline"/> is written all
    /// the same, and receipts say the lower level. Not for Redis Cluster. Default: 0.
    /// </summary>
    [Range(0, 16)]
    public int Replicas { get; set; }

    /// <summary>How long replicas are waited for. Default: 100 milliseconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:05")]
    public TimeSpan ReplicaDeadline { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a call may take before it counts as failed with an unknown outcome. Default: 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:05:00")]
    public TimeSpan CallDeadline { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the first connection may take. Default: 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:05:00")]
    public TimeSpan ConnectDeadline { get; set; } = TimeSpan.FromSeconds(5);
}
