using System.Text.Json;

namespace ActorJobs.Workloads.Documents;

/// <summary>
/// Opens what the indexes serve when a node starts: a version that was damaged while the node was down is found and told then, and not by the first
/// search, which does not wait for the hashes of a large index either.
/// </summary>
internal sealed partial class IndexOpener(IndexCatalog catalog, ILogger<IndexOpener> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // the node becomes ready meanwhile: comparing the hashes of a large index takes seconds
        await Task.Yield();
        foreach (var index in List())
            await OpenAsync(index.Name, stoppingToken);
    }

    private async Task OpenAsync(string index, CancellationToken stoppingToken)
    {
        try
        {
            await catalog.Live(index).RefreshAsync(stoppingToken);
        }
        // one index must not keep the others from being opened, nor end the node: searches try again
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogNotOpened(index, exception);
        }
    }

    private IReadOnlyList<IndexDefinition> List()
    {
        try
        {
            return catalog.List();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            LogNotListed(exception);
            return [];
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Index {Index} could not be opened.")]
    private partial void LogNotOpened(string index, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The indexes could not be listed.")]
    private partial void LogNotListed(Exception exception);
}
