using StackExchange.Redis;

namespace ActorJobs.Redis;

/// <summary>Runs scripts by their hashes. A server that does not know one (restarted, switched to, flushed) is given its text: here and nowhere else.</summary>
internal sealed class RedisScriptRunner(RedisConnection connection)
{
    public Task<RedisResult> RunAsync(RedisScript script, RedisKey[] keys, RedisValue[] arguments, CancellationToken cancellationToken) =>
        connection.RunAsync(database => EvaluateAsync(database, script, keys, arguments), cancellationToken);

    // A server that does not know the hash has done nothing.
    private static async Task<RedisResult> EvaluateAsync(IDatabase database, RedisScript script, RedisKey[] keys, RedisValue[] arguments)
    {
        try
        {
            return await database.ScriptEvaluateAsync(script.Hash, keys, arguments).ConfigureAwait(false);
        }
        catch (RedisServerException exception) when (RedisErrors.IsUnknownScript(exception))
        {
            return await database.ExecuteAsync("EVAL", [script.Text, keys.Length, .. keys.Cast<object>(), .. arguments.Cast<object>()]).ConfigureAwait(false);
        }
    }
}
