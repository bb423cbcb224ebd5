using ActorJobs.Simulation.Faults;
using ActorJobs.Simulation.Runs;

namespace ActorJobs.Simulation.Tests;

/// <summary>The tester tested: what is wrong on purpose is found, on seeds that are good without it.</summary>
public sealed class DeliberateFaultTests
{
    public static TheoryData<string> Faults => [.. DeliberateFault.All.Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_deliberate_fault_is_found(string name)
    {
        var fault = DeliberateFault.All.Single(fault => fault.Name == name);

        var failures = new SeedSweep(1, fault.Seeds, 2, fault.Make).Run(_ => { }, enough: 1);

        Assert.True(failures.Count > 0, $"{name}: not found by {fault.Seeds} seeds from 1");
    }
}
