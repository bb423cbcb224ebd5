namespace ActorJobs.Redis;

/// <summary>
/// How durable commits are when replicas confirm them. Too few in time is no failure: the group is written, and would be written again as often as a
/// replica is away. An operator who would rather refuse work sets <c>min-replicas-to-write</c>.
/// </summary>
/// <param name="options">How many replicas are waited for, and how long.</param>
/// <param name="level">What the servers do by themselves.</param>
/// <param name="connection">Where groups are written: <c>WAIT</c> counts for what the same connection has written.</param>
/// <param name="time">For the pace of looking.</param>
internal sealed class ReplicatedDurability(RedisStoreOptions options, string level, RedisConnection connection, TimeProvider time) : RedisDurability(level), IAsyncDisposable
{
    // replicas that were away are looked for, not waited for: each group would take the whole deadline
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private readonly string replicated = $"replicated({options.Replicas})";
    private readonly CancellationTokenSource closing = new();
    private volatile bool isReplicated = true;
    private int groups; // begun so far
    private Task looking = Task.CompletedTask; // touched by one group at a time

    public override string Reached => isReplicated ? replicated : base.Reached;

    public override void BeginGroup() => Interlocked.Increment(ref groups);

    public override async Task ConfirmAsync(CancellationToken cancellationToken)
    {
        isReplicated = await AreEnoughAsync(isReplicated ? options.ReplicaDeadline : Glance, cancellationToken).ConfigureAwait(false);
        if (!isReplicated && looking.IsCompleted)
            looking = LookAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync().ConfigureAwait(false);
        await looking.ConfigureAwait(false);
        closing.Dispose();
    }

    // When nothing is written any more nobody would notice that the replicas have caught up, and receipts would go on saying the lower level.
    private async Task LookAsync()
    {
        using var pace = new PeriodicTimer(Pace, time);
        try
        {
            while (!isReplicated && await pace.WaitForNextTickAsync(closing.Token).ConfigureAwait(false))
            {
                var before = Volatile.Read(ref groups);
                if (await IsCaughtUpAsync().ConfigureAwait(false) && Volatile.Read(ref groups) == before)
                    isReplicated = true; // a group begun meanwhile looks for itself
            }
        }
        catch (OperationCanceledException)
        {
            // the store is closed
        }
    }

    private async Task<bool> IsCaughtUpAsync()
    {
        try
        {
            return await AreEnoughAsync(Glance, closing.Token).ConfigureAwait(false);
        }
        catch (RedisUnavailableException)
        {
            return false;
        }
    }

    private async Task<bool> AreEnoughAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var milliseconds = (int)Math.Min(patience.TotalMilliseconds, options.ReplicaDeadline.TotalMilliseconds);
        var confirmed = (int)await connection.RunAsync(database => database.ExecuteAsync("WAIT", options.Replicas, milliseconds), cancellationToken).ConfigureAwait(false);
        return confirmed >= options.Replicas;
    }
}
