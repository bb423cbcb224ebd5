using System.Globalization;
using ActorJobs.Actors;
using BenchmarkDotNet.Attributes;

namespace ActorJobs.Benchmarks.Actors;

/// <summary>Starts actors, has each handle a message, and stops them.</summary>
public class SpawnBenchmarks
{
    private const int Many = 1000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Benchmark(OperationsPerInvoke = Many)]
    public async Task SpawnTellStop()
    {
        var system = new ActorSystem();
        var heard = new CountdownEvent(Many);
        var props = new Props<CountdownEvent>(() => new Counter());
        for (var number = 0; number < Many; number++)
            system.Spawn(props, number.ToString(CultureInfo.InvariantCulture)).Tell(heard);
        if (!heard.Wait(Patience))
            throw new TimeoutException($"{heard.CurrentCount} actors have not handled their message.");
        await system.StopAsync(Patience);
        heard.Dispose();
    }

    private sealed class Counter : Actor<CountdownEvent>
    {
        protected internal override ValueTask ReceiveAsync(CountdownEvent message, ActorContext<CountdownEvent> context)
        {
            message.Signal();
            return default;
        }
    }
}
