using System.Globalization;

namespace ActorJobs.Cli;

/// <summary>Where a redis-server is, and as whom to talk to it.</summary>
/// <param name="Host">Its name or address.</param>
/// <param name="Port">Its port.</param>
/// <param name="Database">The number of the database, 0 for most.</param>
/// <param name="User">The user; null for the one without a name.</param>
/// <param name="Password">Null for none. Never written anywhere.</param>
/// <param name="Tls">Whether the connection is encrypted.</param>
internal sealed record RedisAddress(string Host, int Port, int Database, string? User, string? Password, bool Tls)
{
    /// <summary>The environment variable with the server's password: what is typed, others on the machine can read.</summary>
    public const string PasswordVariable = "ACTORJOBS_REDIS_PASSWORD";

    private const int DefaultPort = 6379;

    /// <summary>The password stays out of messages.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}{(Database == 0 ? "" : $"/{Database}")}");

    /// <summary>Reads <c>host</c>, <c>host:port</c>, <c>host:port/database</c>, or the same as an address with <c>redis://</c> or <c>rediss://</c> (TLS).</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="password">Counts where the address has none.</param>
    public static RedisAddress Parse(string text, string? password)
    {
        var full = text.Contains("://", StringComparison.Ordinal) ? text : "redis://" + text;
        if (!Uri.TryCreate(full, UriKind.Absolute, out var uri) || uri.Scheme is not ("redis" or "rediss") || uri.Host.Length == 0 || uri.Query.Length + uri.Fragment.Length > 0
            || !TryDatabase(uri.AbsolutePath, out var database) || uri.Port == 0)
            throw new UsageException("That is no address of a redis-server; write host:port, host:port/database or redis://user:password@host:port/database.");
        var (user, said) = uri.UserInfo.Split(':', 2) is [var name, var secret] ? (name, secret) : (uri.UserInfo, null);
        return new RedisAddress(
            uri.IdnHost, uri.Port < 0 ? DefaultPort : uri.Port, database, user.Length > 0 ? Uri.UnescapeDataString(user) : null,
            said is { Length: > 0 } ? Uri.UnescapeDataString(said) : password is { Length: > 0 } ? password : null, uri.Scheme == "rediss");
    }

    private static bool TryDatabase(string path, out int database)
    {
        database = 0;
        return path is "" or "/" || (int.TryParse(path.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out database) && database < 100_000);
    }
}
