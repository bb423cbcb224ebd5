using ActorJobs.TestKit.Specs;

namespace ActorJobs.Tests.Faults;

/// <summary>What holds for many jobs on a node whatever happens, in whichever order.</summary>
public sealed class NodeLifeTests
{
    [Fact]
    public async Task Whatever_happens_no_accepted_job_is_lost_and_all_that_is_stored_fits()
    {
        var first = Seed.Next();
        for (var seed = first; seed < first + 25; seed++)
        {
            await using var life = new NodeLife(seed);
            await life.LiveAsync();
        }
    }
}
