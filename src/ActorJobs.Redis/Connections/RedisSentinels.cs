using System.Net;
using StackExchange.Redis;

namespace ActorJobs.Redis;

/// <summary>Asks Sentinels which server writes. Each in turn, until one knows; a connection is made for the question and closed after it.</summary>
internal static class RedisSentinels
{
    public static async Task<EndPoint> FindPrimaryAsync(ConfigurationOptions sentinels, string service, TimeSpan deadline, CancellationToken cancellationToken)
    {
        Exception? last = null;
        foreach (var endpoint in sentinels.EndPoints)
        {
            try
            {
                if (await AskAsync(sentinels, endpoint, service).WaitAsync(deadline, cancellationToken).ConfigureAwait(false) is { } primary)
                    return primary;
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                last = exception; // the next may answer
            }
        }

        throw new RedisUnavailableException($"No Sentinel of {sentinels.EndPoints.Count} knows where the service '{service}' is.", last);
    }

    private static async Task<EndPoint?> AskAsync(ConfigurationOptions sentinels, EndPoint endpoint, string service)
    {
        var configuration = new ConfigurationOptions
        {
            CommandMap = CommandMap.Sentinel,
            EndPoints = { endpoint },
            TieBreaker = "",
            AllowAdmin = true,
            ConnectTimeout = sentinels.ConnectTimeout,
            ConnectRetry = 1,
            Ssl = sentinels.Ssl,
            SslHost = sentinels.SslHost,
        };
        using var multiplexer = await ConnectionMultiplexer.ConnectAsync(configuration).ConfigureAwait(false);
        return await multiplexer.GetServer(endpoint).SentinelGetMasterAddressByNameAsync(service).ConfigureAwait(false);
    }
}
