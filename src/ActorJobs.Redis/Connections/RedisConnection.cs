using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace ActorJobs.Redis;

/// <summary>
/// The one connection of a node to Redis. The client reconnects by itself; a connection that has not answered for long, and one whose server is no longer
/// the one that writes, is replaced. No call waits for that: it fails within its deadline, and the next one finds what is there then.
/// </summary>
internal sealed partial class RedisConnection(RedisStoreOptions options, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    private ConnectionMultiplexer? multiplexer; // replaced by one repair at a time, read by any call
    private long answeredAt; // timestamp of the last answer; written by any call
    private int breaks; // how often a connection to a server broke or was made anew
    private volatile bool isBroken; // between the two

    /// <summary>How the servers belong together; known when open.</summary>
    public RedisTopology Topology { get; private set; }

    /// <summary>The servers that write, for checks.</summary>
    public IReadOnlyList<IServer> Primaries =>
        [.. Current.GetEndPoints().Select(endpoint => Current.GetServer(endpoint)).Where(server => server is { IsConnected: true, IsSlave: false })];

    private bool HasSentinels => options.Sentinel is { Length: > 0 };

    private ConnectionMultiplexer Current => Volatile.Read(ref multiplexer) ?? throw new InvalidOperationException("The store is not open.");

    /// <summary>Connects, or throws <see cref="RedisUnavailableException"/> when nobody answers in time.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        multiplexer = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        await LookBackAsync(cancellationToken).ConfigureAwait(false);
        answeredAt = time.GetTimestamp();
        Topology = HasSentinels ? RedisTopology.Sentinel
            : Primaries.Any(server => server.ServerType == ServerType.Cluster) ? RedisTopology.Cluster
            : RedisTopology.Plain;
    }

    /// <summary>
    /// Makes a call, bounded by the deadline of the options: the client has none of its own. Throws <see cref="RedisUnavailableException"/> when there is no
    /// answer in time or a refusal. What the server says has not been done yet, for a slot is moving, is asked again within the deadline.
    /// </summary>
    public async Task<TResult> RunAsync<TResult>(Func<IDatabase, Task<TResult>> call, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (IsSuspect)
            {
                BeginRepair(cause: null);
                throw new RedisUnavailableException("The Sentinels are being asked whether Redis has moved.");
            }

            try
            {
                var answer = await OnceAsync(call, begun, cancellationToken).ConfigureAwait(false);
                Volatile.Write(ref answeredAt, time.GetTimestamp());
                LookBackAfterBreak();
                return answer;
            }
            catch (RedisServerException exception) when (RedisErrors.IsPassing(exception) && time.GetElapsedTime(begun) + pause < options.CallDeadline)
            {
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
            {
                BeginRepair(exception);
                throw new RedisUnavailableException(WhyOf(exception), exception);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync().ConfigureAwait(false);
        await repair.ConfigureAwait(false);
        await lookingBack.ConfigureAwait(false);
        var last = Interlocked.Exchange(ref multiplexer, null);
        if (last is not null)
            await CloseAsync(last).ConfigureAwait(false);
    }

    private async Task<TResult> OnceAsync<TResult>(Func<IDatabase, Task<TResult>> call, long begun, CancellationToken cancellationToken)
    {
        var left = options.CallDeadline - time.GetElapsedTime(begun);
        if (left <= TimeSpan.Zero)
            throw new TimeoutException();
        var answer = call(Current.GetDatabase());
        if (answer.IsCompletedSuccessfully)
            return answer.Result;
        try
        {
            return await answer.WaitAsync(left, time, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // given up: nobody else looks at how it ends
            if (!answer.IsCompleted)
                _ = answer.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    // What a former multiplexer goes through while it is closed is of no interest. A connection that is made for the first time is told of as one that is back,
    // and later than the multiplexer is there.
    private void NoteBreak(object? multiplexer, ConnectionFailedEventArgs change, bool isBack)
    {
        if (change.ConnectionType != ConnectionType.Interactive || !ReferenceEquals(multiplexer, Volatile.Read(ref this.multiplexer)) || (isBack && !isBroken))
            return;
        isBroken = !isBack;
        Interlocked.Increment(ref breaks);
    }

    private string WhyOf(Exception exception) => exception switch
    {
        RedisServerException refusal => $"Redis refused: {refusal.Message}",
        RedisConnectionException lost => $"Redis cannot be reached ({lost.FailureType}).",
        TimeoutException => $"Redis did not answer within {options.CallDeadline.TotalSeconds:0.###} s.",
        _ => "The connection to Redis is being replaced.",
    };
}
