using ActorJobs.TestKit.Specs;
using ActorJobs.TestKit.Stores;

namespace ActorJobs.Tests.Faults;

/// <summary>Every call to the store fails once, in every way a call can; then several at random.</summary>
public sealed class FaultSweepTests
{
    public enum Fault
    {
        FailsBefore,
        FailsAfter,
        Hangs,
    }

    [Theory]
    [InlineData(Fault.FailsBefore)]
    [InlineData(Fault.FailsAfter)]
    [InlineData(Fault.Hangs)]
    public async Task Whichever_call_fails_every_job_comes_to_its_end(Fault fault)
    {
        var seed = Seed.Next();
        var calls = await new FaultScenario("no fault").RunAsync(_ => { }, seed);
        Assert.True(calls > 20, $"only {calls} calls");

        for (var call = 0; call < calls; call++)
            await new FaultScenario($"call {call} {fault}, ACTORJOBS_SEED={seed}").RunAsync(store => Add(store.All.Pass(call), fault), seed);
    }

    [Fact]
    public async Task Whichever_calls_fail_every_job_comes_to_its_end()
    {
        var first = Seed.Next();
        for (var seed = first; seed < first + 30; seed++)
        {
            var random = new Random(seed);
            await new FaultScenario($"ACTORJOBS_SEED={seed}").RunAsync(
                store =>
                {
                    for (var faults = random.Next(2, 12); faults > 0; faults--)
                        Add(store.All.Pass(random.Next(12)), random.Next(6) == 0 ? Fault.Hangs : (Fault)random.Next(2));
                },
                seed);
        }
    }

    private static void Add(FaultScript script, Fault fault)
    {
        switch (fault)
        {
            case Fault.FailsBefore:
                script.FailBefore();
                break;
            case Fault.FailsAfter:
                script.FailAfter();
                break;
            case Fault.Hangs:
                script.Hang();
                break;
        }
    }
}
