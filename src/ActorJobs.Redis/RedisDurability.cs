namespace ActorJobs.Redis;

/// <summary>How durable commits are: what the servers' configuration says, or how many replicas have confirmed.</summary>
/// <param name="options">How many replicas are waited for.</param>
/// <param name="level">What the servers do by themselves: <c>memory</c>, <c>os</c>, <c>everysec</c>, <c>always</c>.</param>
internal sealed class RedisDurability(RedisStoreOptions options, string level)
{
    private readonly string replicated = $"replicated({options.Replicas})";
    private volatile bool isReplicated = options.Replicas > 0; // written after each group, read by anyone

    /// <summary>What the last group has reached.</summary>
    public string Reached => isReplicated ? replicated : level;

    /// <summary>Before anybody has asked the servers: what they usually do.</summary>
    public static RedisDurability Unknown(RedisStoreOptions options) => new(options, "everysec");

    /// <summary>
    /// Waits for the replicas. Too few in time is no failure: the group is written, and would be written again as often as a replica is away. An operator who
    /// would rather refuse work sets <c>min-replicas-to-write</c>.
    /// </summary>
    public async Task ConfirmAsync(RedisConnection connection, CancellationToken cancellationToken)
    {
        if (options.Replicas == 0)
            return;
        var confirmed = (int)await connection.RunAsync(
            database => database.ExecuteAsync("WAIT", options.Replicas, (int)options.ReplicaDeadline.TotalMilliseconds), cancellationToken).ConfigureAwait(false);
        isReplicated = confirmed >= options.Replicas;
    }
}
