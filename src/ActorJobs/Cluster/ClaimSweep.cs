using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;

namespace ActorJobs.Cluster;

/// <summary>
/// Looks through a shard's claims: those of a dead node are lost; those that a living node does not know of have run nothing and are given back.
/// </summary>
internal sealed class ClaimSweep(ClaimKeeperContext host, int shard, bool allClaims, IReadOnlySet<string> living)
{
    private const int PageLimit = 500;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan OldAge = TimeSpan.FromSeconds(30); // beyond it a claim is on its way to nobody

    /// <summary>Ends what must end. True when something could not be ended now.</summary>
    public async ValueTask<bool> RunAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline, host.System.Time);
        var leased = await host.Store.ReadLeasedAsync(shard, deadline.Token).ConfigureAwait(false);
        var failed = false;
        foreach (var page in leased.Where(key => key.Kind == JobEntity.Kind).Chunk(PageLimit))
        {
            var orphans = await OrphansAsync(page, deadline.Token).ConfigureAwait(false);
            if (orphans.Count > 0)
                failed |= await EndAsync(orphans, deadline.Token).ConfigureAwait(false);
        }

        return failed;
    }

    private async ValueTask<List<(EntityKey Key, LoseAttempt Lose)>> OrphansAsync(EntityKey[] page, CancellationToken cancellationToken)
    {
        var stored = await host.Store.ReadAsync(page, cancellationToken).ConfigureAwait(false);
        var claims = stored.OfType<Actors.Stores.StoredEntity>()
            .Select(entity => (entity.Key, JobReading.StateOf(entity).Running))
            .Where(claim => claim.Running is not null)
            .Select(claim => new Claim(claim.Key, claim.Running!.Number, claim.Running.Node, claim.Running.At));
        var orphans = new List<(EntityKey, LoseAttempt)>();
        foreach (var node in claims.GroupBy(claim => claim.Node))
            orphans.AddRange(await OrphansOfAsync(node.Key, [.. node], cancellationToken).ConfigureAwait(false));
        return orphans;
    }

    private async ValueTask<IEnumerable<(EntityKey, LoseAttempt)>> OrphansOfAsync(string node, Claim[] claims, CancellationToken cancellationToken)
    {
        if (node != host.Node && !living.Contains(node))
            return claims.Select(claim => (claim.Key, new LoseAttempt(claim.Attempt, node, WasKnown: true)));

        var now = host.System.Time.GetUtcNow();
        Claim[] suspects = allClaims ? claims : [.. claims.Where(claim => now - claim.At > OldAge)];
        if (suspects.Length == 0)
            return [];
        var unknown = node == host.Node
            ? suspects.Where(claim => !HeldClaims.Holds(host.Held, claim.Key.Id, claim.Attempt))
            : await UnknownAtAsync(node, suspects, cancellationToken).ConfigureAwait(false);
        return unknown.Select(claim => (claim.Key, new LoseAttempt(claim.Attempt, node, WasKnown: false)));
    }

    private async ValueTask<IEnumerable<Claim>> UnknownAtAsync(string node, Claim[] suspects, CancellationToken cancellationToken)
    {
        if (!host.Entities.View.Nodes.TryGetValue(node, out var peer))
            return [];
        var question = HeldClaims.Encode([.. suspects.Select(claim => new HeldClaim(claim.Key.Id, claim.Attempt))]);
        var answer = await host.Transport!.CallAsync(peer, HeldClaims.Operation, question, cancellationToken).ConfigureAwait(false);
        var unknown = HeldClaims.Decode(answer.Span).ToHashSet();
        return suspects.Where(claim => unknown.Contains(new HeldClaim(claim.Key.Id, claim.Attempt)));
    }

    private async ValueTask<bool> EndAsync(List<(EntityKey Key, LoseAttempt Lose)> orphans, CancellationToken cancellationToken)
    {
        var replies = new Replies(orphans.Count);
        host.Entities.SendTo(shard, [.. orphans.Select((orphan, slot) => new EntityCommand(orphan.Key, orphan.Lose, replies, slot))]);
        return await replies.HasFailed.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private readonly record struct Claim(EntityKey Key, int Attempt, string Node, DateTimeOffset At);

    private sealed class Replies(int count) : IReplySink
    {
        private readonly TaskCompletionSource<bool> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int open = count;
        private bool hasFailed;

        public Task<bool> HasFailed => done.Task;

        public void Reply(int slot, object? reply)
        {
            if (reply is EntityFailure { Reason: EntityFailureReason.Unavailable })
                Volatile.Write(ref hasFailed, true);
            if (Interlocked.Decrement(ref open) == 0)
                done.TrySetResult(Volatile.Read(ref hasFailed));
        }
    }
}
