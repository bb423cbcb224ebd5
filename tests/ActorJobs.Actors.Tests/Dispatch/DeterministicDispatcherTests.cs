using ActorJobs.Actors.Dispatch;
using ActorJobs.TestKit.Simulation;

namespace ActorJobs.Actors.Tests.Dispatch;

public sealed class DeterministicDispatcherTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(99)]
    public async Task The_same_seed_gives_the_same_run(int seed) => Assert.Equal(await TraceAsync(seed), await TraceAsync(seed));

    [Fact]
    public async Task Other_seeds_give_other_runs()
    {
        var traces = new HashSet<string>();
        for (var seed = 0; seed < 20; seed++)
            traces.Add(string.Join(' ', await TraceAsync(seed)));

        Assert.True(traces.Count > 15, $"only {traces.Count} different runs");
    }

    [Fact]
    public void Actors_that_never_come_to_rest_are_found_out()
    {
        var dispatcher = new DeterministicDispatcher(1);
        dispatcher.Schedule(new Restless(dispatcher));

        Assert.Throws<InvalidOperationException>(() => dispatcher.RunUntilIdle(limit: 100));
    }

    // eight actors that pass words on to each other, each word for a while
    private static async Task<List<string>> TraceAsync(int seed)
    {
        await using var bed = new ActorTestBed(seed);
        var trace = new List<string>();
        var actors = new ActorRef<int>[8];
        for (var i = 0; i < actors.Length; i++)
        {
            var number = i;
            actors[i] = bed.System.Spawn(new Props<int>(() => new Relay(number, actors, trace)), $"a{i}");
        }

        foreach (var actor in actors)
            actor.Tell(5);
        bed.Run();
        Assert.Equal(8 * 6, trace.Count);
        return trace;
    }

    private sealed class Relay(int number, ActorRef<int>[] others, List<string> trace) : Actor<int>
    {
        protected internal override ValueTask ReceiveAsync(int message, ActorContext<int> context)
        {
            trace.Add($"{number}:{message}");
            if (message > 0)
                others[(number + message) % others.Length].Tell(message - 1);
            return default;
        }
    }

    private sealed class Restless(DeterministicDispatcher dispatcher) : IThreadPoolWorkItem
    {
        public void Execute() => dispatcher.Schedule(this);
    }
}
