using System.Net;
using ActorJobs.Actors.Stores;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace ActorJobs.Redis;

/// <summary>Looks at the servers once, when the store opens: refuses what cannot work, and warns of what will lose jobs one day.</summary>
internal sealed partial class RedisServerCheck(RedisConnection connection, RedisStoreOptions options, TimeProvider time, ILogger logger)
{
    private static readonly Version Oldest = new(7, 0);
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(1);

    // from the least to the most durable: of several servers the least counts
    private static readonly string[] Levels = ["memory", "os", "everysec", "always"];

    /// <summary>Returns how durable commits are by the servers' configuration.</summary>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        if (connection.Topology == RedisTopology.Cluster && options.Replicas > 0)
            throw new StoreUnusableException("ActorJobs:Redis:Replicas is not for Redis Cluster: set it to 0, and min-replicas-to-write at the servers.");
        var least = Levels.Length - 1;
        foreach (var server in connection.Primaries)
            least = Math.Min(least, Array.IndexOf(Levels, await CheckAsync(server, cancellationToken).ConfigureAwait(false)));
        return Levels[least];
    }

    private async Task<string> CheckAsync(IServer server, CancellationToken cancellationToken)
    {
        if (server.Version < Oldest)
            throw new StoreUnusableException($"Redis at {server.EndPoint} is {server.Version}; ActorJobs needs {Oldest} or newer.");
        await CheckClockAsync(server, cancellationToken).ConfigureAwait(false);
        var policy = await SettingAsync(server, "maxmemory-policy", cancellationToken).ConfigureAwait(false);
        if (policy is not (null or "noeviction"))
            LogEviction(server.EndPoint, policy);
        if (await SettingAsync(server, "appendonly", cancellationToken).ConfigureAwait(false) is "no")
        {
            LogNoLog(server.EndPoint);
            return "memory";
        }

        return await SettingAsync(server, "appendfsync", cancellationToken).ConfigureAwait(false) switch
        {
            "always" => "always",
            "no" => "os",
            _ => "everysec",
        };
    }

    private async Task CheckClockAsync(IServer server, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var there = await server.TimeAsync().WaitAsync(options.CallDeadline, time, cancellationToken).ConfigureAwait(false);
        var took = time.GetElapsedTime(begun);
        LogServer(connection.Topology, server.EndPoint, server.Version, took);
        var skew = (time.GetUtcNow().UtcDateTime - (took / 2) - there).Duration();
        if (skew > MostSkew)
            LogSkew(server.EndPoint, skew);
    }

    // null when this user may not ask, as with most services that host Redis
    private async Task<string?> SettingAsync(IServer server, string name, CancellationToken cancellationToken)
    {
        try
        {
            var found = await server.ConfigGetAsync(name).WaitAsync(options.CallDeadline, time, cancellationToken).ConfigureAwait(false);
            return found is [var only] ? only.Value : null;
        }
        catch (RedisServerException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Redis ({Topology}) at {Endpoint} is {Version} and answers in {Took}")]
    private partial void LogServer(RedisTopology topology, EndPoint endpoint, Version version, TimeSpan took);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis at {Endpoint} has maxmemory-policy {Policy}: when memory is short it will throw jobs away; set noeviction")]
    private partial void LogEviction(EndPoint endpoint, string policy);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis at {Endpoint} has no append-only file: a restart loses jobs; set appendonly yes")]
    private partial void LogNoLog(EndPoint endpoint);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clock of Redis at {Endpoint} and this node's are {Skew} apart: jobs start early or late by that; synchronise them")]
    private partial void LogSkew(EndPoint endpoint, TimeSpan skew);
}
