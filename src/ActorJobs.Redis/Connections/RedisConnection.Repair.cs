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
    private volatile bool isSuspect; // the connection to a primary broke: one that comes back may have been replaced meanwhile, and what it takes in would be lost
    private int repairing; // 1 while a repair is under way: the one who sets it begins one

    private async Task<ConnectionMultiplexer> ConnectAsync(CancellationToken cancellationToken)
    {
        var configuration = RedisConfiguration.Of(options);
        if (options.Sentinel is { Length: > 0 })
        {
            var primary = await RedisSentinels.FindPrimaryAsync(options, cancellationToken).ConfigureAwait(false);
            configuration.EndPoints.Clear();
            configuration.EndPoints.Add(primary);
        }

        try
        {
            var connected = await ConnectionMultiplexer.ConnectAsync(configuration).WaitAsync(options.ConnectDeadline * 2, time, cancellationToken).ConfigureAwait(false);
            connected.PreserveAsyncOrder = false; // answers are independent: one slow continuation must not hold the others
            connected.IncludeDetailInExceptions = false;
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
        isSuspect |= options.Sentinel is { Length: > 0 } && cause is RedisConnectionException;
        var isSilent = time.GetElapsedTime(Volatile.Read(ref answeredAt)) > SilenceBeforeReplacing;
        if (!isSilent && options.Sentinel is not { Length: > 0 })
            return;
        if (closing.IsCancellationRequested || Interlocked.Exchange(ref repairing, 1) == 1)
            return;
        repair = Task.Run(() => RepairAsync(isSilent, cause));
    }

    private async Task RepairAsync(bool isSilent, Exception? cause)
    {
        try
        {
            if (isSilent || RedisErrors.IsDemoted(cause) || await HasMovedAsync().ConfigureAwait(false))
                await ReplaceAsync().ConfigureAwait(false);
            isSuspect = false;
            await Task.Delay(RepairPause, time, closing.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisUnavailableException or OperationCanceledException)
        {
            LogNotReplaced(exception.Message); // the next failing call begins another repair
        }
        finally
        {
            Volatile.Write(ref repairing, 0);
        }
    }

    private async Task<bool> HasMovedAsync()
    {
        EndPoint primary;
        try
        {
            primary = await RedisSentinels.FindPrimaryAsync(options, closing.Token).ConfigureAwait(false);
        }
        catch (RedisUnavailableException exception)
        {
            LogNotReplaced(exception.Message); // the primary that is known is the best there is
            return false;
        }

        return !Current.GetEndPoints(configuredOnly: true).Any(endpoint => NameOf(endpoint) == NameOf(primary));
    }

    private async Task ReplaceAsync()
    {
        var fresh = await ConnectAsync(closing.Token).ConfigureAwait(false);
        Volatile.Write(ref answeredAt, time.GetTimestamp());
        var former = Interlocked.Exchange(ref multiplexer, fresh);
        LogReplaced(string.Join(", ", fresh.GetEndPoints(configuredOnly: true).Select(endpoint => NameOf(endpoint))));
        if (former is not null)
            await CloseAsync(former).ConfigureAwait(false);
    }

    private async Task EndRepairAsync()
    {
        await closing.CancelAsync().ConfigureAwait(false);
        await repair.ConfigureAwait(false);
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The connection to Redis cannot be replaced yet: {Reason}")]
    private partial void LogNotReplaced(string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A former connection to Redis did not close in order: {Reason}")]
    private partial void LogNotClosed(string reason);
}
