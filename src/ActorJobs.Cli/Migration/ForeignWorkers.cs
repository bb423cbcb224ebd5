namespace ActorJobs.Cli;

/// <summary>The workers of a system that keeps a set of their names, and a key for each which the worker renews as long as it lives.</summary>
internal static class ForeignWorkers
{
    /// <summary>The names whose keys are there.</summary>
    /// <param name="redis">The system's Redis.</param>
    /// <param name="set">The key of the set.</param>
    /// <param name="prefix">What stands before a name in its worker's key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<string>> AliveAsync(RedisConnection redis, string set, string prefix, CancellationToken cancellationToken)
    {
        var names = (await redis.AskAsync(cancellationToken, "SMEMBERS", set)).List.Select(item => item.Text).ToArray();
        var alive = await redis.AskAllAsync([.. names.Select(name => (RedisWord[])["EXISTS", prefix + name])], cancellationToken);
        return [.. names.Where((_, index) => alive[index].Number > 0)];
    }
}
