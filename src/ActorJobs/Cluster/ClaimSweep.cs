using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.Jobs;

namespace ActorJobs.Cluster;

/// <summary>
/// Finds the claims that nobody will bring to their end: those of a dead node are lost; those that a living node does not know of have run nothing
/// and are given back.
/// </summary>
internal sealed class ClaimSweep(ClaimKeeperContext host, int shard, IReadOnlySet<string> living)
{
    private const int PageLimit = 500;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AskDeadline = TimeSpan.FromSeconds(2); // a node that hangs must not keep the other claims waiting
    private static readonly TimeSpan OldAge = TimeSpan.FromSeconds(30);

    /// <summary>The claims of a shard. Read when nobody makes any, it is those of a former owner.</summary>
    public static async ValueTask<IReadOnlyList<Claim>> ReadAsync(IEntityStore store, IReadOnlyList<EntityKey> leased, CancellationToken cancellationToken)
    {
        var claims = new List<Claim>();
        foreach (var page in leased.Where(key => key.Kind == JobEntity.Kind).Chunk(PageLimit))
        {
            foreach (var entity in await store.ReadAsync(page, cancellationToken).ConfigureAwait(false))
            {
                if (entity is not null && JobReading.StateOf(entity).Running is { } running)
                    claims.Add(new Claim(entity.Key, running.Number, running.Node, running.At));
            }
        }

        return claims;
    }

    /// <summary>The orphans among claims that were there before this node became the owner: each is held by somebody, or by nobody.</summary>
    public async ValueTask<SweepResult> AmongAsync(IReadOnlyList<Claim> claims)
    {
        using var deadline = new CancellationTokenSource(Deadline, host.System.Time);
        return await AmongAsync(claims, deadline.Token).ConfigureAwait(false);
    }

    /// <summary>
    /// The orphans among the claims there are now. Of those of living nodes only the old ones are asked for: a young one may still be on its way.
    /// </summary>
    public async ValueTask<SweepResult> NowAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline, host.System.Time);
        var leased = await host.Store.ReadLeasedAsync(shard, deadline.Token).ConfigureAwait(false);
        var claims = await ReadAsync(host.Store, leased, deadline.Token).ConfigureAwait(false);
        var now = host.System.Time.GetUtcNow();
        return await AmongAsync([.. claims.Where(claim => !Lives(claim.Node) || now - claim.At > OldAge)], deadline.Token).ConfigureAwait(false);
    }

    private async ValueTask<SweepResult> AmongAsync(IReadOnlyList<Claim> claims, CancellationToken cancellationToken)
    {
        var (orphans, isComplete) = (new List<Orphan>(), true);
        foreach (var node in claims.GroupBy(claim => claim.Node))
        {
            var lives = Lives(node.Key);
            IEnumerable<Claim>? nobodys = !lives ? node
                : node.Key == host.Node ? node.Where(claim => !HeldClaims.Holds(host.Held, claim.Key.Id, claim.Attempt))
                : await UnknownAtAsync(node.Key, [.. node], cancellationToken).ConfigureAwait(false);
            isComplete &= nobodys is not null;
            nobodys ??= [];
            orphans.AddRange(nobodys.Select(claim => new Orphan(claim.Key, new LoseAttempt(claim.Attempt, claim.Node, WasKnown: !lives))));
        }

        return new SweepResult(orphans, isComplete);
    }

    private bool Lives(string node) => node == host.Node || living.Contains(node);

    /// <summary>Null when the node does not answer.</summary>
    private async ValueTask<IEnumerable<Claim>?> UnknownAtAsync(string node, Claim[] claims, CancellationToken cancellationToken)
    {
        if (!host.Entities.View.Nodes.TryGetValue(node, out var peer))
            return []; // gone in this moment: the next picture says so
        var question = HeldClaims.Encode([.. claims.Select(claim => new HeldClaim(claim.Key.Id, claim.Attempt))]);
        HashSet<HeldClaim> unknown;
        try
        {
            using var deadline = new CancellationTokenSource(AskDeadline, host.System.Time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            unknown = [.. HeldClaims.Decode((await host.Transport!.CallAsync(peer, HeldClaims.Operation, question, both.Token).ConfigureAwait(false)).Span)];
        }
#pragma warning disable CA1031 // whatever it was, the node is asked again later
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }

        return claims.Where(claim => unknown.Contains(new HeldClaim(claim.Key.Id, claim.Attempt)));
    }
}

/// <summary>What a sweep has found.</summary>
/// <param name="Orphans">The claims that must end.</param>
/// <param name="IsComplete">Whether every node that was asked has answered.</param>
internal readonly record struct SweepResult(IReadOnlyList<Orphan> Orphans, bool IsComplete);

/// <summary>A job claimed for a node.</summary>
internal readonly record struct Claim(EntityKey Key, int Attempt, string Node, DateTimeOffset At);

/// <summary>A claim that nobody will bring to its end.</summary>
internal readonly record struct Orphan(EntityKey Key, LoseAttempt Lose);
