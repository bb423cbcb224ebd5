namespace ActorJobs.Cluster;

/// <summary>What the claim keeper is told.</summary>
internal abstract record ClaimMessage
{
    private ClaimMessage()
    {
    }

    /// <summary>This node owns the shard from now on; these claims it has found there.</summary>
    public sealed record ShardAcquired(int Shard, IReadOnlyList<Claim> Claims) : ClaimMessage;

    /// <summary>These nodes live.</summary>
    public sealed record Viewed(IReadOnlySet<string> Nodes) : ClaimMessage;

    /// <summary>Time to look for claims that never reached their node.</summary>
    public sealed record Round : ClaimMessage
    {
        public static Round Instance { get; } = new();
    }

    /// <summary>A shard has been looked through: these claims must end.</summary>
    public sealed record Found(SweepTask Task, SweepResult Result) : ClaimMessage;

    /// <summary>A shard has been looked through; whether something could not be ended.</summary>
    public sealed record Swept(SweepTask Task, bool HasFailed) : ClaimMessage;

    /// <summary>A shard could not be looked through.</summary>
    public sealed record SweepFailed(SweepTask Task, Exception Error) : ClaimMessage;

    /// <summary>Look through the shard once more.</summary>
    public sealed record Again(SweepTask Task, IReadOnlyList<Claim> Claims) : ClaimMessage;
}

/// <summary>A look through a shard: for what a former owner has left, or for what is there now.</summary>
internal readonly record struct SweepTask(int Shard, bool IsAcquisition);
