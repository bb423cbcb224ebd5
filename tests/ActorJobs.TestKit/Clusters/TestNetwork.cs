using System.Collections.Concurrent;
using ActorJobs.Actors.Cluster;
using ActorJobs.Actors.Dispatch;
using ActorJobs.Cluster;
using ActorJobs.TestKit.Nodes;
using ActorJobs.TestKit.Time;

namespace ActorJobs.TestKit.Clusters;

/// <summary>
/// The network between the nodes of a <see cref="TestCluster"/>. What becomes of each call, and how long it takes, a test decides; by itself every
/// call arrives at once. Calls are carried out in turns of the called node, and answers come in turns of the caller.
/// </summary>
/// <param name="time">The clock delays run by.</param>
public sealed class TestNetwork(FakeTimeProvider time)
{
    private readonly Dictionary<string, Station> stations = new(StringComparer.Ordinal);
    private readonly HashSet<Exchange> open = [];
    private readonly Lock gate = new(); // guards both: calls may begin on other threads
    private int calls;

    /// <summary>Decides what becomes of a call. Default: it arrives, and so does its answer.</summary>
    public Func<NetworkCall, NetworkFate> Fate { get; set; } = _ => NetworkFate.Delivered;

    /// <summary>How long a call is on its way, and its answer once more. Default: no time.</summary>
    public Func<NetworkCall, TimeSpan> Latency { get; set; } = _ => TimeSpan.Zero;

    /// <summary>Every call so far, in order.</summary>
    public ConcurrentQueue<NetworkCall> Calls { get; } = new();

    /// <summary>Two nodes cannot hear one another: calls between them go into silence.</summary>
    public void Cut(string one, string other)
    {
        var before = Fate;
        Fate = call => (call.From == one && call.To == other) || (call.From == other && call.To == one) ? NetworkFate.Silence : before(call);
    }

    /// <summary>All calls arrive again.</summary>
    public void Mend() => Fate = _ => NetworkFate.Delivered;

    internal IPeerTransport TransportOf(string node, Func<ProcessDispatcher> process) => new Transport(this, node, process);

    internal void Attach(string node, PeerPort port, ProcessDispatcher process)
    {
        lock (gate)
            stations[node] = new Station(port, process);
    }

    /// <summary>A process has ended: its connections break.</summary>
    internal void Detach(string node)
    {
        Exchange[] broken;
        lock (gate)
        {
            stations.Remove(node);
            broken = [.. open.Where(exchange => exchange.Call.To == node)];
        }

        foreach (var exchange in broken)
            exchange.Fail("the connection was reset");
    }

    private async ValueTask<ReadOnlyMemory<byte>> CallAsync(NetworkCall call, ReadOnlyMemory<byte> body, ProcessDispatcher caller, CancellationToken cancellationToken)
    {
        Calls.Enqueue(call);
        var exchange = new Exchange(call, new Completion<Answer>(caller));
        lock (gate)
            open.Add(exchange);
        try
        {
            _ = CarryAsync(exchange, Fate(call), Latency(call), body, cancellationToken);
            return (await exchange.Answered.Task.WaitAsync(cancellationToken).ConfigureAwait(false)).Take();
        }
        finally
        {
            lock (gate)
                open.Remove(exchange);
        }
    }

    private async Task CarryAsync(Exchange exchange, NetworkFate fate, TimeSpan latency, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (fate == NetworkFate.Silence)
            return;
        if (fate == NetworkFate.Refused)
        {
            exchange.Fail("the connection was refused");
            return;
        }

        await PassAsync(latency).ConfigureAwait(false);
        Station? station;
        lock (gate)
            station = stations.GetValueOrDefault(exchange.Call.To);
        if (station is null)
        {
            exchange.Fail("nobody listens there");
            return;
        }

        for (var times = fate == NetworkFate.DeliveredTwice ? 2 : 1; times > 0; times--)
            station.Process.Schedule(new Delivery(() => AnswerAsync(station.Port, exchange, fate, latency, body, cancellationToken)));
    }

    private async Task AnswerAsync(
        PeerPort port, Exchange exchange, NetworkFate fate, TimeSpan latency, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        Answer answer;
        try
        {
            answer = port.Find(exchange.Call.Operation) is { } operation
                ? new Answer(await operation(body, cancellationToken).ConfigureAwait(false), null)
                : new Answer(default, "answered with 404");
        }
#pragma warning disable CA1031 // as a server does: whatever it was, the caller hears that it failed
        catch (Exception error)
#pragma warning restore CA1031
        {
            answer = new Answer(default, error.Message);
        }

        if (fate == NetworkFate.SilenceAfter)
            return;
        await PassAsync(latency).ConfigureAwait(false);
        exchange.Answered.Set(fate == NetworkFate.AnswerLost ? new Answer(default, "the answer was lost on its way") : answer);
    }

    private Task PassAsync(TimeSpan latency) => latency > TimeSpan.Zero ? Task.Delay(latency, time) : Task.CompletedTask;

    private sealed record Station(PeerPort Port, ProcessDispatcher Process);

    private sealed record Answer(ReadOnlyMemory<byte> Body, string? Error)
    {
        public ReadOnlyMemory<byte> Take() => Error is null ? Body : throw new HttpRequestException(Error);
    }

    private sealed class Exchange(NetworkCall call, Completion<Answer> answered)
    {
        public NetworkCall Call => call;

        public Completion<Answer> Answered => answered;

        public void Fail(string why) => answered.Set(new Answer(default, why));
    }

    private sealed class Delivery(Func<Task> deliver) : IThreadPoolWorkItem
    {
        public void Execute() => _ = deliver();
    }

    private sealed class Transport(TestNetwork network, string node, Func<ProcessDispatcher> process) : IPeerTransport
    {
        public ValueTask<ReadOnlyMemory<byte>> CallAsync(ClusterNode to, string operation, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
            network.CallAsync(new NetworkCall(Interlocked.Increment(ref network.calls), node, to.Name, operation), body, process(), cancellationToken);
    }
}

/// <summary>A call between two nodes.</summary>
/// <param name="Number">Counted from 1 over the whole network.</param>
/// <param name="From">The calling node.</param>
/// <param name="To">The called node.</param>
/// <param name="Operation">What it is asked.</param>
public sealed record NetworkCall(int Number, string From, string To, string Operation);

/// <summary>What becomes of a call.</summary>
public enum NetworkFate
{
    /// <summary>It arrives, and so does its answer.</summary>
    Delivered,

    /// <summary>It arrives twice, and the first answer counts.</summary>
    DeliveredTwice,

    /// <summary>It does not arrive, and the caller hears so.</summary>
    Refused,

    /// <summary>It arrives; the caller hears of a broken connection instead of the answer.</summary>
    AnswerLost,

    /// <summary>It does not arrive, and the caller hears nothing.</summary>
    Silence,

    /// <summary>It arrives, and the caller hears nothing.</summary>
    SilenceAfter,
}
