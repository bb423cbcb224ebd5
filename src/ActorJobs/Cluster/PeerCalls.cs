using ActorJobs.Actors.Cluster;
using ActorJobs.Actors.Shards;

namespace ActorJobs.Cluster;

/// <summary>Calls to other nodes that expect no answer but that they were heard: tried a few times, then given up.</summary>
internal sealed class PeerCalls(EntityHost entities, IPeerTransport transport, TimeProvider time)
{
    private const int Tries = 3;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Calls every other living node.</summary>
    public void TellAll(string self, string operation, byte[] body)
    {
        foreach (var node in entities.View.Nodes.Values.Where(node => node.Name != self))
            Tell(node.Name, operation, body);
    }

    /// <summary>Calls one node, as long as it lives.</summary>
    public void Tell(string node, string operation, byte[] body) => _ = TellAsync(node, operation, body);

    /// <summary>Calls every other living node once and waits for their answers; those that fail are left out.</summary>
    public Task TryAllAsync(string self, string operation, CancellationToken cancellationToken) => Task.WhenAll(
        entities.View.Nodes.Values.Where(node => node.Name != self).Select(node => TryAsync(node, operation, cancellationToken)));

    private async Task TryAsync(ClusterNode node, string operation, CancellationToken cancellationToken)
    {
        try
        {
            await transport.CallAsync(node, operation, ReadOnlyMemory<byte>.Empty, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // what this carries is found out in another way as well
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private async Task TellAsync(string name, string operation, byte[] body)
    {
        for (var i = 0; i < Tries && entities.View.Nodes.TryGetValue(name, out var node); i++)
        {
            try
            {
                using var deadline = new CancellationTokenSource(Deadline, time);
                await transport.CallAsync(node, operation, body, deadline.Token).ConfigureAwait(false);
                return;
            }
#pragma warning disable CA1031 // whatever it was: tried again, and what this carries is found out in another way as well
            catch (Exception)
#pragma warning restore CA1031
            {
                await Task.Delay(Pause, time).ConfigureAwait(false);
            }
        }
    }
}
