namespace ActorJobs.Simulation.Work;

/// <summary>What people know they have asked for, and what of it was accepted.</summary>
internal sealed class Ledger
{
    /// <summary>Jobs that were accepted.</summary>
    public HashSet<JobId> Jobs { get; } = [];

    /// <summary>The same, in order: to draw from.</summary>
    public List<JobId> JobList { get; } = [];

    /// <summary>Requests that named their id, to be repeated.</summary>
    public List<JobRequest> Repeatable { get; } = [];

    /// <summary>Workflows somebody has tried to start.</summary>
    public List<string> Workflows { get; } = [];

    /// <summary>Workflows that were accepted.</summary>
    public HashSet<string> AcceptedWorkflows { get; } = [];

    /// <summary>Schedules somebody has tried to put.</summary>
    public List<string> Schedules { get; } = [];

    /// <summary>Calls that were not answered yet, by their number.</summary>
    public Dictionary<int, OpenCall> Open { get; } = [];

    /// <summary>A call that a living node has not answered, in words, or null.</summary>
    public string? WhatIsOpen() => Open.Values.Where(call => call.Node.IsUp)
        .Select(call => $"{call.What} through {call.Node.Name} is not answered since {call.Since.TotalSeconds:0.000} s").FirstOrDefault();

    /// <summary>A call that waits for its answer.</summary>
    public sealed record OpenCall(World.SimulatedNode Node, string What, TimeSpan Since);
}
