using StackExchange.Redis;

namespace ActorJobs.Redis;

/// <summary>The client's configuration, made of ours.</summary>
internal static class RedisConfiguration
{
    /// <summary>Never to be logged as it is: it holds the password.</summary>
    public static ConfigurationOptions Of(RedisStoreOptions options)
    {
        var configuration = ConfigurationOptions.Parse(options.Connection);
        configuration.AbortOnConnectFail = true; // the first connection fails clearly; later the client reconnects all the same
        configuration.AllowAdmin = true; // INFO, CONFIG GET and TIME, for the checks at start-up
        configuration.ConnectTimeout = (int)options.ConnectDeadline.TotalMilliseconds;
        configuration.SyncTimeout = (int)options.CallDeadline.TotalMilliseconds;
        configuration.ConnectRetry = 1;
        configuration.KeepAlive = 5;
        configuration.ReconnectRetryPolicy = new LinearRetry(250);
        configuration.ClientName ??= "actorjobs";
        configuration.TieBreaker = ""; // its key would be of no installation
        return configuration;
    }

    /// <summary>Whether a connection string can be read, and why not. The reason does not repeat it.</summary>
    public static string? ProblemOf(string connection)
    {
        try
        {
            return ConfigurationOptions.Parse(connection).EndPoints.Count == 0 ? "it names no server" : null;
        }
        catch (ArgumentException exception)
        {
            return exception.ParamName is { } keyword ? $"'{keyword}' is no option of the client" : "it cannot be read";
        }
    }
}
