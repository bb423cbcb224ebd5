using System.Globalization;
using System.Net;
using StackExchange.Redis;

namespace ActorJobs.Redis;

/// <summary>Asks all Sentinels which server writes. A connection to each is made for the question and closed after it.</summary>
internal static class RedisSentinels
{
    // while one of these holds, Sentinels are about to choose, and the former server may be back and take in what will be lost
    private static readonly string[] Undecided = ["s_down", "o_down", "failover_in_progress"];

    /// <summary>
    /// The server that writes, by the Sentinel that knows the latest configuration; null when none answers that knows the service. Throws
    /// <see cref="RedisUnavailableException"/> while a new one is being chosen.
    /// </summary>
    public static async Task<EndPoint?> FindPrimaryAsync(RedisStoreOptions options, CancellationToken cancellationToken)
    {
        var sentinels = RedisConfiguration.Of(options);
        var answers = await Task.WhenAll(sentinels.EndPoints.Select(endpoint => AskOrNullAsync(options, sentinels, endpoint, cancellationToken))).ConfigureAwait(false);
        var latest = answers.OfType<SentinelAnswer>().OrderByDescending(answer => answer.Epoch).FirstOrDefault();
        if (latest is null)
            return null;
        return answers.OfType<SentinelAnswer>().FirstOrDefault(answer => answer.Epoch == latest.Epoch && !answer.Flags.Intersect(Undecided).Any())?.Primary
            ?? throw new RedisUnavailableException($"The Sentinels are choosing the server of the service '{options.Sentinel}' ({string.Join(',', latest.Flags)}).");
    }

    private static async Task<SentinelAnswer?> AskOrNullAsync(
        RedisStoreOptions options, ConfigurationOptions sentinels, EndPoint endpoint, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(options, sentinels, endpoint).WaitAsync(options.ConnectDeadline, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return null; // another may answer; one that does not know the service refuses
        }
    }

    private static async Task<SentinelAnswer> AskAsync(RedisStoreOptions options, ConfigurationOptions sentinels, EndPoint endpoint)
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
        var told = (await multiplexer.GetServer(endpoint).SentinelMasterAsync(options.Sentinel).ConfigureAwait(false)).ToDictionary();
        var (host, port) = (told["ip"], int.Parse(told["port"], CultureInfo.InvariantCulture));
        return new(
            IPAddress.TryParse(host, out var address) ? new IPEndPoint(address, port) : new DnsEndPoint(host, port),
            long.Parse(told.GetValueOrDefault("config-epoch", "0"), CultureInfo.InvariantCulture),
            told.GetValueOrDefault("flags", "").Split(','));
    }

    private sealed record SentinelAnswer(EndPoint Primary, long Epoch, string[] Flags);
}
