using ActorJobs.Cluster;

namespace ActorJobs.Workloads.Documents;

/// <summary>
/// Tells the other nodes which version is served now, and waits until each has it, has said why not, or has left the cluster: a node that hangs holds a
/// swap up for as long as its lease and no longer.
/// </summary>
internal sealed partial class VersionAnnouncer(IndexCatalog catalog, DocumentPeers peers, TimeProvider time, ILogger<VersionAnnouncer> logger)
{
    /// <summary>How often it is looked whether a node that has not answered yet is still a member. Fetching a large version takes minutes.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    public async Task<IReadOnlyList<NodeSwap>> AnnounceAsync(string index, CancellationToken cancellationToken)
    {
        if (Served(index) is not { } announcement)
            return [];
        return await Task.WhenAll(peers.Others.Select(node => TellAsync(node, announcement, cancellationToken)));
    }

    /// <summary>What this node serves by its pointer; null before the first swap, or when what it names is damaged.</summary>
    public VersionAnnouncement? Served(string index)
    {
        var layout = catalog.Layout(index);
        if (catalog.Find(index) is not { } definition || layout.ReadCurrent() is not { } version || layout.SwappedAt() is not { } swappedAt)
            return null;
        try
        {
            return new VersionAnnouncement(definition, version, IndexManifest.Read(layout.Version(version)).Hash, swappedAt);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private async Task<NodeSwap> TellAsync(NodeView node, VersionAnnouncement announcement, CancellationToken cancellationToken)
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var answer = peers.AskAsync<NodeSwap>(node, DocumentPeers.Announce, announcement, left.Token);
            await CancelWhenItLeavesAsync(node, answer, left);
            return await answer;
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return NotTold(node, announcement, "It left the cluster before it answered.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException or System.Text.Json.JsonException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return NotTold(node, announcement, exception.Message);
        }
    }

    private async Task CancelWhenItLeavesAsync(NodeView node, Task answer, CancellationTokenSource left)
    {
        using var look = new PeriodicTimer(LookInterval, time);
        while (await Task.WhenAny(answer, look.WaitForNextTickAsync(left.Token).AsTask()) != answer)
        {
            if (!peers.Others.Any(other => other.Name == node.Name))
                await left.CancelAsync();
            left.Token.ThrowIfCancellationRequested();
        }
    }

    private NodeSwap NotTold(NodeView node, VersionAnnouncement announcement, string reason)
    {
        LogNotTold(node.Name, announcement.Definition.Name, announcement.Version, reason);
        return new NodeSwap(node.Name, false, false, reason);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Node} does not serve index {Index} version {Version} yet: {Reason}")]
    private partial void LogNotTold(string node, string index, int version, string reason);
}
