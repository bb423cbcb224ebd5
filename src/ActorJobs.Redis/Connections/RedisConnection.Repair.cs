using System.Net;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace ActorJobs.Redis;

/// <summary>Replacing a connection that serves no longer.</summary>
internal sealed partial class RedisConnection
{
    private static readonly TimeSpan RepairPause = TimeSpan.FromMilliseconds(500);

    // longer than a busy server's pauses, and than the client's own attempts to reconnect take
    private static readonly TimeSpan SilenceBeforeReplacing = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource closing = new();
    private Task repair = Task.CompletedTask;
    private int vouched; // how many breaks there had been when Sentinels last named this server
    private int repairing; // 1 while a repair is under way: the one who sets it begins one

    // a server whose connection broke may have been replaced meanwhile, and what it takes in would be lost
    private bool IsSuspect => HasSentinels && Volatile.Read(ref breaks) != Volatile.Read(ref vouched);

    private async Task<ConnectionMultiplexer> ConnectAsync(CancellationToken cancellationToken)
    {
        var configuration = RedisConfiguration.Of(options);
        if (HasSentinels)
        {
            var primary = await RedisSentinels.FindPrimaryAsync(options, cancellationToken).ConfigureAwait(false);
            configuration.EndPoints.Clear();
            configuration.EndPoints.Add(primary ?? throw new RedisUnavailableException($"None of the Sentinels knows where the service '{options.Sentinel}' is."));
        }

        try
        {
            var connected = await ConnectionMultiplexer.ConnectAsync(configuration).WaitAsync(options.ConnectDeadline * 2, time, cancellationToken).ConfigureAwait(false);
            connected.PreserveAsyncOrder = false; // answers are independent: one slow continuation must not hold the others
            connected.IncludeDetailInExceptions = false;
            connected.ConnectionFailed += (sender, change) => NoteBreak(sender, change, isBack: false);
            connected.ConnectionRestored += (sender, change) => NoteBreak(sender, change, isBack: true);
            return connected;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            var endpoints = string.Join(", ", configuration.EndPoints.Select(endpoint => NameOf(endpoint)));
            throw new RedisUnavailableException($"No Redis answers at {endpoints} within {options.ConnectDeadline.TotalSeconds:0.###} s{ReasonOf(exception)}.", exception);
        }
    }

    private static string ReasonOf(Exception exception) =>
        exception is RedisConnectionException { FailureType: not (ConnectionFailureType.None or ConnectionFailureType.UnableToResolvePhysicalConnection or ConnectionFailureType.UnableToConnect) } known
            ? $" ({known.FailureType})"
            : "";

    private static string NameOf(EndPoint endpoint) => endpoint is DnsEndPoint name ? $"{name.Host}:{name.Port}" : endpoint.ToString()!;

    private void BeginRepair(Exception? cause)
    {
        if (cause is RedisConnectionException)
            Interlocked.Increment(ref breaks);
        var isSilent = time.GetElapsedTime(Volatile.Read(ref answeredAt)) > SilenceBeforeReplacing;
        if (!isSilent && !HasSentinels)
            return;
        if (closing.IsCancellationRequested || Interlocked.Exchange(ref repairing, 1) == 1)
            return;
        repair = Task.Run(() => RepairAsync(isSilent, cause));
    }

    private async Task RepairAsync(bool isSilent, Exception? cause)
    {
        var asked = Volatile.Read(ref breaks); // a break from now on makes it suspect again
        try
        {
            if (isSilent || RedisErrors.IsDemoted(cause) || await HasMovedAsync().ConfigureAwait(false))
                await ReplaceAsync().ConfigureAwait(false);
            else
                Volatile.Write(ref vouched, asked);
        }
        catch (Exception exception) when (exception is RedisUnavailableException or OperationCanceledException)
        {
            LogNotReplaced(exception.Message); // the next call begins another repair
        }

        await Task.Delay(RepairPause, time, closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Volatile.Write(ref repairing, 0);
    }

    private async Task<bool> HasMovedAsync()
    {
        if (!HasSentinels)
            return false;
        var primary = await RedisSentinels.FindPrimaryAsync(options, closing.Token).ConfigureAwait(false);
        if (primary is null)
        {
            LogNoSentinel(); // the server that is known is the best there is
            return false;
        }

        return !Current.GetEndPoints(configuredOnly: true).Any(endpoint => NameOf(endpoint) == NameOf(primary));
    }

    private async Task ReplaceAsync()
    {
        var fresh = await ConnectAsync(closing.Token).ConfigureAwait(false);
        Volatile.Write(ref answeredAt, time.GetTimestamp());
        var former = Interlocked.Exchange(ref multiplexer, fresh);
        isBroken = false;
        Volatile.Write(ref vouched, Volatile.Read(ref breaks)); // the Sentinels have just named it
        Volatile.Write(ref lookedBack, Never);
        LogReplaced(string.Join(", ", fresh.GetEndPoints(configuredOnly: true).Select(endpoint => NameOf(endpoint))));
        if (former is not null)
            await CloseAsync(former).ConfigureAwait(false);
    }

    // a server that does not answer must not hold up the one who closes
    private async Task CloseAsync(ConnectionMultiplexer closed)
    {
        try
        {
            await closed.CloseAsync(allowCommandsToComplete: false).WaitAsync(options.ConnectDeadline, time).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or RedisException or ObjectDisposedException)
        {
            LogNotClosed(exception.Message);
        }
        finally
        {
            closed.Dispose();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The connection to Redis was replaced; it goes to {Endpoints} now")]
    private partial void LogReplaced(string endpoints);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No Sentinel knows where Redis is; the server that was the last one is used")]
    private partial void LogNoSentinel();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The connection to Redis cannot be replaced yet: {Reason}")]
    private partial void LogNotReplaced(string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A former connection to Redis did not close in order: {Reason}")]
    private partial void LogNotClosed(string reason);
}
