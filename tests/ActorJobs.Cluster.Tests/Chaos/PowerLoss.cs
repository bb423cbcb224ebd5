using ActorJobs.TestKit.Redis;

namespace ActorJobs.Cluster.Tests;

/// <summary>
/// Takes from a Redis what a power cut may take with <c>appendfsync everysec</c>: everything its append-only file has got in the last second. A kill takes
/// nothing, because the operating system has the writes by then; so the file is watched, and cut to the length it had.
/// </summary>
internal sealed class PowerLoss : IAsyncDisposable
{
    private const int Kept = 100; // samples: five seconds
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private readonly RedisServer redis;
    private readonly Queue<(long At, long Length)> lengths = new(); // guarded by itself
    private readonly CancellationTokenSource end = new();
    private readonly Task watching;

    /// <summary>Watches a server's file from now on. The server must not rewrite it.</summary>
    public PowerLoss(RedisServer redis)
    {
        this.redis = redis;
        watching = WatchAsync();
    }

    /// <summary>Kills the server, cuts its file to what it was so long ago, and starts it again.</summary>
    /// <returns>How many bytes were cut.</returns>
    public async Task<long> StrikeAsync(TimeSpan unflushed)
    {
        await redis.KillAsync();
        var now = TimeProvider.System.GetTimestamp();
        long kept;
        lock (lengths)
            kept = lengths.Last(sample => TimeProvider.System.GetElapsedTime(sample.At, now) >= unflushed).Length;
        var file = FileOf();
        var cut = file.Length - kept;
        using (var stream = file.OpenWrite())
            stream.SetLength(kept);
        await redis.RestartAsync();
        return cut;
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await watching;
        end.Dispose();
    }

    private async Task WatchAsync()
    {
        using var clock = new PeriodicTimer(Step);
        try
        {
            while (await clock.WaitForNextTickAsync(end.Token))
            {
                lock (lengths)
                {
                    lengths.Enqueue((TimeProvider.System.GetTimestamp(), FileOf().Length));
                    if (lengths.Count > Kept)
                        lengths.Dequeue();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // the end
        }
    }

    private FileInfo FileOf() => new(Directory.EnumerateFiles(Path.Combine(redis.Folder, "appendonlydir"), "*.incr.aof").Single());
}
