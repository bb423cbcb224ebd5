namespace ActorJobs.AspNetCore;

/// <summary>Counts what a workload keeps for a user beside jobs; its counts stand in the user's summary. Register implementations as singletons.</summary>
public interface IUserCounts
{
    /// <summary>What is counted, as a field's name: <c>scrapes</c>.</summary>
    string Name { get; }

    /// <summary>How many of the user's are in each state.</summary>
    ValueTask<IReadOnlyDictionary<string, long>> CountAsync(string user, CancellationToken cancellationToken = default);
}
