using ActorJobs.Simulation.Checks;
using ActorJobs.Simulation.Plans;

namespace ActorJobs.Simulation.Runs;

/// <summary>What came out of a run.</summary>
/// <param name="Plan">What was run.</param>
/// <param name="Violations">What must not have happened; empty in a good run.</param>
/// <param name="Hash">Tells the run from every other one.</param>
/// <param name="Writes">How many writes were written.</param>
/// <param name="Lasted">How long it lasted, by its own clock.</param>
internal sealed record RunResult(Plan Plan, IReadOnlyList<Violation> Violations, ulong Hash, int Writes, TimeSpan Lasted)
{
    public bool IsGood => Violations.Count == 0;

    public override string ToString() => IsGood
        ? $"seed {Plan.Seed}: good, {Writes} writes in {Lasted.TotalSeconds:0} s, trace {Hash:x16}"
        : $"seed {Plan.Seed}: {Violations[0]}, trace {Hash:x16}";
}
