namespace ActorJobs.Redis;

/// <summary>How durable commits are: what the servers' configuration says.</summary>
/// <param name="level">What the servers do by themselves: <c>memory</c>, <c>os</c>, <c>everysec</c>, <c>always</c>.</param>
internal class RedisDurability(string level)
{
    /// <summary>Before anybody has asked the servers: what they usually do.</summary>
    public static RedisDurability Unknown { get; } = new("everysec");

    /// <summary>What the last group has reached.</summary>
    public virtual string Reached => level;

    /// <summary>To be called before a group is written.</summary>
    public virtual void BeginGroup()
    {
    }

    /// <summary>To be called when it is written: waits for more, where that was asked for.</summary>
    public virtual Task ConfirmAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
