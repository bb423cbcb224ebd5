using ActorJobs.Actors.Dispatch;
using ActorJobs.Actors.Shards;

namespace ActorJobs.Actors.Cluster;

/// <summary>What the member is told.</summary>
internal abstract record MemberMessage
{
    private MemberMessage()
    {
    }

    /// <summary>Time to renew the lease.</summary>
    public sealed record Beat : MemberMessage
    {
        public static Beat Instance { get; } = new();
    }

    /// <summary>The picture seems outdated: look anew, soon.</summary>
    public sealed record Refresh : MemberMessage
    {
        public static Refresh Instance { get; } = new();
    }

    /// <summary>Renew out of turn.</summary>
    public sealed record BeatNow : MemberMessage
    {
        public static BeatNow Instance { get; } = new();
    }

    /// <summary>The lease is renewed, and this is what the cluster looks like.</summary>
    public sealed record Viewed(ClusterView View, long AskedAt) : MemberMessage;

    /// <summary>These shards are this node's from now on.</summary>
    public sealed record Taken(IReadOnlyList<int> Shards) : MemberMessage;

    /// <summary>These shards are nobody's from now on.</summary>
    public sealed record Released(IReadOnlyList<int> Shards) : MemberMessage;

    /// <summary>The shared store has not answered.</summary>
    public sealed record CallFailed(Exception Error) : MemberMessage;

    /// <summary>A shard's actor has ended.</summary>
    public sealed record ShardStopped(int Shard, ActorRef<ShardMessage> Stopped) : MemberMessage;

    /// <summary>Hand everything over to others, as far as there are any; the lease goes on.</summary>
    public sealed record HandOver(Completion<bool> Done) : MemberMessage;

    /// <summary>Stop what still runs and end the lease.</summary>
    public sealed record Leave(Completion<bool> Done) : MemberMessage;
}
