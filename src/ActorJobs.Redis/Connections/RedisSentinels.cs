using System.Net;
using StackExchange.Redis;

namespace ActorJobs.Redis;

/// <summary>Asks Sentinels which server writes. Each in turn, until one knows; a connection is made for the question and closed after it.</summary>
internal static class RedisSentinels
{
    public static async Task<EndPoint> FindPrimaryAsync(RedisStoreOptions options, CancellationToken cancellationToken)
    {
        var sentinels = RedisConfiguration.Of(options);
        Exception? last = null;
        foreach (var endpoint in sentinels.EndPoints)
        {
            try
            {
                if (await AskAsync(options, sentinels, endpoint).WaitAsync(options.ConnectDeadline, cancellationToken).ConfigureAwait(false) is { } primary)
                    return primary;
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                last = exception; // the next may answer
            }
        }

        throw new RedisUnavailableException($"No Sentinel of {sentinels.EndPoints.Count} knows where the service '{options.Sentinel}' is.", last);
    }

    private static async Task<EndPoint?> AskAsync(RedisStoreOptions options, ConfigurationOptions sentinels, EndPoint endpoint)
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
        RedisConfiguration.TrustAuthority(configuration, options);
        using var multiplexer = await ConnectionMultiplexer.ConnectAsync(configuration).ConfigureAwait(false);
        return await multiplexer.GetServer(endpoint).SentinelGetMasterAddressByNameAsync(options.Sentinel).ConfigureAwait(false);
    }
}
