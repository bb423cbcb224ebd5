namespace ActorJobs.Workloads.Documents;

/// <summary>Asks the other nodes now and then what they serve: a node that was away during a swap, or has just joined, fetches what it missed.</summary>
internal sealed partial class VersionCatchUp(DocumentPeers peers, VersionFetcher fetcher, TimeProvider time, ILogger<VersionCatchUp> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    // a node that starts does not know the others at once: it looks more often then, and no longer than this
    private static readonly TimeSpan FirstInterval = TimeSpan.FromSeconds(1);
    private const int MaxFirstLooks = 30;

    /// <summary>Asks every other node once.</summary>
    /// <returns>Whether there was any.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var others = peers.Others;
        foreach (var node in others)
        {
            try
            {
                foreach (var served in await peers.AskAsync<VersionAnnouncement[]>(node, DocumentPeers.Served, new object(), cancellationToken))
                    await fetcher.TakeAsync(node.Name, served, cancellationToken);
            }
            // whatever it is, it must not end the node: the next round tries again
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogNotCaughtUp(node.Name, exception.Message);
            }
        }

        return others.Count > 0;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var looks = 0; !stoppingToken.IsCancellationRequested; looks++)
        {
            var isMet = await RunOnceAsync(stoppingToken);
            if (isMet)
                looks = MaxFirstLooks;
            await Task.Delay(looks < MaxFirstLooks ? FirstInterval : Interval, time, stoppingToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What {Node} serves could not be fetched: {Reason}")]
    private partial void LogNotCaughtUp(string node, string reason);
}
