using ActorJobs.Actors.Cluster;

namespace ActorJobs.Simulation.Faults;

/// <summary>Takes what a former owner of a shard refuses for done: what waited for the hand-over is lost.</summary>
internal sealed class CarelessTransport(IPeerTransport inner) : IPeerTransport
{
    private const byte Format = 1; // of replies between nodes; the bytes after it say "nothing", command by command

    public async ValueTask<ReadOnlyMemory<byte>> CallAsync(
        ClusterNode node, string operation, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var answer = await inner.CallAsync(node, operation, body, cancellationToken).ConfigureAwait(false);
        if (answer.Span.IndexOf("the shard is not here"u8) < 0)
            return answer;
        var nothing = new byte[body.Length];
        nothing[0] = Format;
        return nothing;
    }
}
