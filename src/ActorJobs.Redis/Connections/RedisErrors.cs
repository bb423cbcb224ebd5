using StackExchange.Redis;

namespace ActorJobs.Redis;

/// <summary>
/// What a server's refusal means. Redis tells kinds of errors apart by their first word, which is part of its protocol, and the client passes on only the text.
/// </summary>
internal static class RedisErrors
{
    /// <summary>The server does not know the hash of a script.</summary>
    public static bool IsUnknownScript(RedisServerException exception) => Code(exception) == "NOSCRIPT";

    /// <summary>Nothing was done, and soon it can be: a slot's keys are moving between nodes.</summary>
    public static bool IsPassing(RedisServerException exception) => Code(exception) is "TRYAGAIN" or "ASK" or "MOVED";

    /// <summary>The server is no longer the one that writes.</summary>
    public static bool IsDemoted(Exception? exception) => exception is RedisServerException refusal && Code(refusal) is "READONLY";

    private static string Code(RedisServerException exception) => exception.Message.Split(' ', 2)[0];
}

/// <summary>Redis did not answer in time, or refused; what was asked of it may have happened or may still happen.</summary>
public sealed class RedisUnavailableException : IOException
{
    /// <summary>Makes the error.</summary>
    public RedisUnavailableException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
