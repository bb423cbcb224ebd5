namespace ActorJobs.TestKit.Specs;

/// <summary>Where randomness of tests begins: the same in every run, or what <c>ACTORJOBS_SEED</c> says.</summary>
public static class Seed
{
    /// <summary>The seed of this run.</summary>
    public static int Next() => int.TryParse(Environment.GetEnvironmentVariable("ACTORJOBS_SEED"), out var seed) ? seed : 20_300_101;
}
