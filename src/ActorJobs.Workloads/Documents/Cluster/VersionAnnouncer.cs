namespace ActorJobs.Workloads.Documents;

/// <summary>Tells the other nodes which version is served now, and waits until each has it or has said why not.</summary>
internal sealed partial class VersionAnnouncer(IndexCatalog catalog, DocumentPeers peers, ILogger<VersionAnnouncer> logger)
{
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

    private async Task<NodeSwap> TellAsync(ActorJobs.Cluster.NodeView node, VersionAnnouncement announcement, CancellationToken cancellationToken)
    {
        try
        {
            return await peers.AskAsync<NodeSwap>(node, DocumentPeers.Announce, announcement, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException or System.Text.Json.JsonException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogNotTold(node.Name, announcement.Definition.Name, announcement.Version, exception.Message);
            return new NodeSwap(node.Name, false, false, exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Node} does not serve index {Index} version {Version} yet: {Reason}")]
    private partial void LogNotTold(string node, string index, int version, string reason);
}
