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
        TrustAuthority(configuration, options);
        return configuration;
    }

    /// <summary>Makes a configuration trust the authority of the options, if they name one.</summary>
    public static void TrustAuthority(ConfigurationOptions configuration, RedisStoreOptions options)
    {
        if (options.CertificateAuthority is { Length: > 0 } file)
            configuration.CertificateValidation += new RedisCertificateAuthority(file).Trusts;
    }

    /// <summary>Whether a connection string can be read, and why not. The reason repeats nothing of it: a comma in a password makes a part of that an option.</summary>
    public static string? ProblemOf(string connection)
    {
        // the client would refuse it too, but not say that there is another way
        if (connection.Split(',').Any(part => part.TrimStart().StartsWith("user=", StringComparison.OrdinalIgnoreCase)))
            return "the client authenticates as the user 'default' only; give that user the rights, and leave out user=";
        try
        {
            return ConfigurationOptions.Parse(connection).EndPoints.Count == 0 ? "it names no server" : null;
        }
        catch (ArgumentException)
        {
            return "an option in it is unknown to the client or has a wrong value; it reads host:port,host:port,password=...,ssl=true";
        }
    }
}
