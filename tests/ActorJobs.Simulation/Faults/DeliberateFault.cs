namespace ActorJobs.Simulation.Faults;

/// <summary>A fault that was put in to see that the checker finds it.</summary>
/// <param name="Name">What is wrong, in a few words.</param>
/// <param name="Seeds">How many seeds, from 1, find it for certain: a multiple of what it took when it was put in.</param>
/// <param name="Make">Puts it into a run.</param>
internal sealed record DeliberateFault(string Name, int Seeds, Func<Mutation> Make)
{
    /// <summary>All there are.</summary>
    public static IReadOnlyList<DeliberateFault> All { get; } = [.. StoreFaults.All, .. NodeFaults.All, .. DecisionFaults.All];

    public override string ToString() => Name;
}
