namespace ActorJobs.Workloads.Documents;

/// <summary>Asks the other nodes now and then what they serve: a node that was away during a swap, or has just joined, fetches what it missed.</summary>
internal sealed partial class VersionCatchUp(DocumentPeers peers, VersionFetcher fetcher, TimeProvider time, ILogger<VersionCatchUp> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>Asks every other node once.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        foreach (var node in peers.Others)
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
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await RunOnceAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What {Node} serves could not be fetched: {Reason}")]
    private partial void LogNotCaughtUp(string node, string reason);
}
