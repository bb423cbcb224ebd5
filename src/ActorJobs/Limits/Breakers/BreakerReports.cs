using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;

namespace ActorJobs.Limits.Breakers;

/// <summary>What a shard's turn says of dependencies: failed attempts always, successes only while their breaker waits for one. Used in the shard's turns.</summary>
internal sealed class BreakerReports(BreakerBoard board)
{
    private readonly Dictionary<string, (int Failures, int Successes)> seen = new(StringComparer.Ordinal);

    public void Note(string dependency, JobState after)
    {
        var (failures, successes) = seen.GetValueOrDefault(dependency);
        if (after.Attempts is not [.., var attempt])
            return;
        if (attempt.Outcome is AttemptOutcome.Failed or AttemptOutcome.TimedOut)
            seen[dependency] = (failures + 1, successes);
        else if (attempt.Outcome == AttemptOutcome.Completed && board.Find(dependency) is not null)
            seen[dependency] = (failures, successes + 1);
    }

    /// <summary>What is to be sent, if anything.</summary>
    public IReadOnlyList<EntityCommand> Take()
    {
        if (seen.Count == 0)
            return [];
        EntityCommand[] commands = [.. seen.Select(
            of => new EntityCommand(BreakerEntity.Key(of.Key), new NoteOutcomes(board.OptionsOf(of.Key), of.Value.Failures, of.Value.Successes)))];
        seen.Clear();
        return commands;
    }
}
