using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace ActorJobs.Redis;

/// <summary>
/// Noticing that the servers may have gone back in time: one that was restarted has lost what was not flushed, one that was promoted what had not reached
/// it. Both have other ids than before.
/// </summary>
internal sealed partial class RedisConnection
{
    private const int Never = -1;

    private readonly Dictionary<string, string> runs = new(StringComparer.Ordinal); // by server, its ids; touched by one look at a time
    private Task lookingBack = Task.CompletedTask;
    private long generation;
    private int lookedBack; // how many breaks there had been at the last look
    private int looking; // 1 while a look is under way

    /// <summary>Another number than before when what was acknowledged may be gone.</summary>
    public long Generation => Volatile.Read(ref generation);

    private void LookBackAfterBreak()
    {
        if (Volatile.Read(ref breaks) == Volatile.Read(ref lookedBack) || Interlocked.Exchange(ref looking, 1) == 1)
            return;
        lookingBack = Task.Run(async () =>
        {
            try
            {
                if (await LookBackAsync(closing.Token).ConfigureAwait(false))
                {
                    Interlocked.Increment(ref generation);
                    LogWentBack();
                }
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException or OperationCanceledException or ObjectDisposedException)
            {
                LogNotLookedAt(exception.Message); // the next answer begins another look
            }

            Volatile.Write(ref looking, 0);
        });
    }

    // whether a server is not as it was
    private async Task<bool> LookBackAsync(CancellationToken cancellationToken)
    {
        var asked = Volatile.Read(ref breaks);
        var isOther = false;
        foreach (var server in Primaries)
        {
            var (name, ids) = (NameOf(server.EndPoint), await IdsAsync(server, cancellationToken).ConfigureAwait(false));
            isOther |= runs.GetValueOrDefault(name) != ids;
            runs[name] = ids;
        }

        Volatile.Write(ref lookedBack, asked);
        return isOther;
    }

    // The first id is new with each start, the other with each promotion. Who may not ask must assume the worst.
    private async Task<string> IdsAsync(IServer server, CancellationToken cancellationToken)
    {
        try
        {
            var told = await server.InfoRawAsync().WaitAsync(options.CallDeadline, time, cancellationToken).ConfigureAwait(false);
            return string.Join(' ', told.Split('\n').Where(line => line.StartsWith("run_id:", StringComparison.Ordinal) || line.StartsWith("master_replid:", StringComparison.Ordinal)));
        }
        catch (RedisServerException)
        {
            return Guid.NewGuid().ToString();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis was restarted or switched over and may have lost its last writes: this node's shards are read anew")]
    private partial void LogWentBack();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whether Redis was restarted or switched over is not known yet: {Reason}")]
    private partial void LogNotLookedAt(string reason);
}
