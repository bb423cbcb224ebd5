namespace ActorJobs.Simulation.Checks;

/// <summary>Something that must never happen, and has.</summary>
/// <param name="Rule">Which rule was broken, in a few words that are the same for every case.</param>
/// <param name="Detail">What happened.</param>
/// <param name="At">When, from the beginning of the run.</param>
internal sealed record Violation(string Rule, string Detail, TimeSpan At)
{
    public override string ToString() => $"{Rule}: {Detail} (at {At.TotalSeconds:0.000} s)";
}
