using ActorJobs.Actors.Cluster;

namespace ActorJobs.Queues.Pulling;

/// <summary>
/// Lends the room that this node's pools have left to other nodes, which send work for it. Each node gets one pull at a time with a share; room
/// that local work needs is recalled. Used in the fetcher's turns.
/// </summary>
internal sealed class Lender
{
    private readonly Dictionary<string, Peer> peers = new(StringComparer.Ordinal);

    /// <summary>The nodes that may have work.</summary>
    public void Take(IEnumerable<ClusterNode> nodes)
    {
        var named = nodes.ToDictionary(node => node.Name, StringComparer.Ordinal);
        foreach (var gone in peers.Values.Where(peer => !named.ContainsKey(peer.Node.Name) && peer.Loan is null).ToArray())
            peers.Remove(gone.Node.Name);
        foreach (var node in named.Values)
        {
            if (!peers.ContainsKey(node.Name))
                peers[node.Name] = new Peer(node);
        }

        foreach (var peer in peers.Values)
            peer.IsThere = named.ContainsKey(peer.Node.Name);
    }

    /// <summary>Shares out what room is left. One place of several stays: local work should not have to wait for a recall.</summary>
    public IReadOnlyList<Loan> Lend(IReadOnlyCollection<FetcherPool> pools)
    {
        Peer[] idle = [.. peers.Values.Where(peer => peer is { IsThere: true, Loan: null, IsResting: false })];
        if (idle.Length == 0)
            return [];
        var shares = idle.ToDictionary(peer => peer, _ => new List<(FetcherPool, int)>());
        foreach (var pool in pools)
        {
            var room = pool.Credit - pool.Ahead;
            var lendable = room > 1 ? room - 1 : room;
            for (var i = 0; i < idle.Length && lendable > 0; i++)
            {
                var share = (lendable + idle.Length - i - 1) / (idle.Length - i);
                shares[idle[i]].Add((pool, share));
                pool.Credit -= share;
                lendable -= share;
            }
        }

        Loan[] loans = [.. shares.Where(share => share.Value.Count > 0 || share.Key.Unconfirmed).Select(share => new Loan(share.Key.Node, share.Key.Received, share.Value))];
        foreach (var loan in loans)
        {
            peers[loan.Node.Name].Loan = loan;
            peers[loan.Node.Name].Unconfirmed = false;
        }

        return loans;
    }

    /// <summary>The loans to take back because a pool needs its room.</summary>
    public IReadOnlyList<Loan> Recall(FetcherPool pool)
    {
        Loan[] loans = [.. peers.Values.Select(peer => peer.Loan).OfType<Loan>().Where(loan => !loan.IsRecalled && loan.Shares.Any(share => share.Pool == pool))];
        foreach (var loan in loans)
            loan.IsRecalled = true;
        return loans;
    }

    /// <summary>A loan is over; what it brought is received.</summary>
    public void Return(Loan loan, PullAnswer? answer)
    {
        foreach (var (pool, room) in loan.Shares)
            pool.Credit += room;
        if (!peers.TryGetValue(loan.Node.Name, out var peer) || peer.Loan != loan)
            return;
        peer.Loan = null;
        peer.IsResting = answer is null; // it failed: a moment's pause
        if (answer is { Number: > 0 and var number })
            (peer.Received, peer.Unconfirmed) = (number, true);
    }

    /// <summary>The pause after a failure is over.</summary>
    public void Wake(string node)
    {
        if (peers.TryGetValue(node, out var peer))
            peer.IsResting = false;
    }

    private sealed class Peer(ClusterNode node)
    {
        public ClusterNode Node => node;

        public bool IsThere { get; set; } = true;

        public bool IsResting { get; set; }

        public Loan? Loan { get; set; }

        /// <summary>The last answer that was received from there.</summary>
        public long Received { get; set; }

        /// <summary>Whether it has yet to be told so.</summary>
        public bool Unconfirmed { get; set; }
    }
}

/// <summary>Room lent to another node, until its pull is answered.</summary>
/// <param name="node">The node.</param>
/// <param name="received">The last answer received from it.</param>
/// <param name="shares">How much of which pool.</param>
internal sealed class Loan(ClusterNode node, long received, IReadOnlyList<(FetcherPool Pool, int Room)> shares)
{
    public ClusterNode Node => node;

    public IReadOnlyList<(FetcherPool Pool, int Room)> Shares => shares;

    public bool IsRecalled { get; set; }

    public PullRequest RequestOf(string self) => new(
        self, received, [.. shares.Select(share => new PullingPool(share.Pool.Name, share.Room, share.Pool.Served.Named, [.. share.Pool.Served.Except]))]);
}
