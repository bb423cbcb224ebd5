using ActorJobs.Jobs;

namespace ActorJobs.Simulation.Checks;

/// <summary>What the checker knows of one entity, from the writes that passed.</summary>
internal sealed class EntityRecord
{
    /// <summary>How many events it has.</summary>
    public long Version { get; set; }

    /// <summary>Whether it has a lease.</summary>
    public bool IsLeased { get; set; }

    /// <summary>The unique key it holds.</summary>
    public string? Key { get; set; }

    /// <summary>A job: what is known of it, the running attempt included.</summary>
    public JobState Job { get; set; } = JobState.None;

    /// <summary>A job: the attempts that ended, by number.</summary>
    public HashSet<int> Ended { get; } = [];

    /// <summary>A job: every claim there was, with its node.</summary>
    public Dictionary<int, string> Claims { get; } = [];

    /// <summary>A job: the attempts whose code has begun.</summary>
    public HashSet<int> Begun { get; } = [];
}
