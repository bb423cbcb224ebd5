using ActorJobs.Actors.Cluster;

namespace ActorJobs.Queues.Pulling;

/// <summary>
/// Lends the room that one of this node's pools has left to other nodes, which send work for it. Each node gets one pull at a time. A pull with a
/// share of the room brings jobs; one without, for want of room, only says when there are some. Nodes that are known to have more than they were
/// asked for come first, and room lent to others is taken back for them, as it is for local work. Used in the fetcher's turns.
/// </summary>
/// <param name="pool">The pool.</param>
/// <param name="received">The last answer received for the pool from each node: outlives the lender, for what was received must not be given back.</param>
internal sealed class Lender(FetcherPool pool, Dictionary<(string Pool, string Node), long> received)
{
    private readonly Dictionary<string, Peer> peers = new(StringComparer.Ordinal);
    private long turns;

    /// <summary>The nodes that may have work.</summary>
    public void Take(IEnumerable<ClusterNode> nodes)
    {
        var named = nodes.ToDictionary(node => node.Name, StringComparer.Ordinal);
        foreach (var gone in peers.Values.Where(peer => !named.ContainsKey(peer.Node.Name) && peer.Loan is null).ToArray())
        {
            peers.Remove(gone.Node.Name);
            received.Remove((pool.Name, gone.Node.Name));
        }

        foreach (var node in named.Values)
        {
            if (!peers.ContainsKey(node.Name))
                peers[node.Name] = new Peer(node);
        }

        foreach (var peer in peers.Values)
            peer.IsThere = named.ContainsKey(peer.Node.Name);
    }

    /// <summary>
    /// Shares out what room is left. One place stays, so that local work need not wait for a recall; not while others are known to have work.
    /// </summary>
    public IReadOnlyList<Loan> Lend()
    {
        Peer[] idle = [.. peers.Values.Where(peer => peer.IsIdle).OrderBy(peer => peer.Turn)];
        Peer[] full = [.. idle.Where(peer => peer.HasMore)];
        var room = Math.Max(0, pool.Credit - pool.Ahead);
        var listens = room > 0 || peers.Values.Any(peer => peer.Loan is { Room: > 0 });
        var among = full.Length > 0 ? full : idle;
        var lendable = full.Length > 0 ? room : room - 1;
        var loans = new List<Loan>();
        for (var i = 0; i < among.Length && lendable > 0; i++)
        {
            var share = (lendable + among.Length - i - 1) / (among.Length - i);
            loans.Add(Begin(among[i], share, isNotice: false));
            pool.Credit -= share;
            lendable -= share;
        }

        // those who got no share: they tell when they have something, as long as there is room for it somewhere
        foreach (var peer in idle.Where(peer => peer.IsIdle && ((listens && !peer.HasMore) || peer.Unconfirmed)))
            loans.Add(Begin(peer, 0, isNotice: !listens));
        return loans;
    }

    /// <summary>The loans to take back because local work needs the room, or more was lent than the pool now takes.</summary>
    public IReadOnlyList<Loan> RecallAll()
    {
        Loan[] loans = [.. peers.Values.Select(peer => peer.Loan).OfType<Loan>().Where(loan => loan is { Room: > 0, IsRecalled: false })];
        foreach (var loan in loans)
            loan.IsRecalled = true;
        return loans;
    }

    /// <summary>The loans to take back because another node has work for that room.</summary>
    public IReadOnlyList<Loan> RecallForOthers() => peers.Values.Any(peer => peer is { IsIdle: true, HasMore: true }) ? RecallAll() : [];

    /// <summary>A loan is over; what it brought is received.</summary>
    public void Return(Loan loan, PullAnswer? answer)
    {
        loan.Pool.Credit += loan.Room;
        if (!peers.TryGetValue(loan.Node.Name, out var peer) || peer.Loan != loan)
            return;
        peer.Loan = null;
        peer.IsResting = answer is null; // it failed: a moment's pause
        peer.HasMore = answer is { HasMore: true };
        if (answer is { Number: > 0 and var number })
            (received[(pool.Name, loan.Node.Name)], peer.Unconfirmed) = (number, true);
    }

    /// <summary>The pause after a failure is over.</summary>
    public void Wake(string node)
    {
        if (peers.TryGetValue(node, out var peer))
            peer.IsResting = false;
    }

    private Loan Begin(Peer peer, int room, bool isNotice)
    {
        (peer.Turn, peer.Unconfirmed, peer.HasMore) = (++turns, false, peer.HasMore && room == 0);
        return peer.Loan = new Loan(peer.Node, pool, received.GetValueOrDefault((pool.Name, peer.Node.Name)), room, isNotice);
    }

    private sealed class Peer(ClusterNode node)
    {
        public ClusterNode Node => node;

        public bool IsThere { get; set; } = true;

        public bool IsResting { get; set; }

        public Loan? Loan { get; set; }

        public bool IsIdle => IsThere && Loan is null && !IsResting;

        /// <summary>Whether it has said that it has more work than it was asked for.</summary>
        public bool HasMore { get; set; }

        /// <summary>When it was last lent to: who has waited longest comes first.</summary>
        public long Turn { get; set; }

        /// <summary>Whether it has yet to be told that its last answer was received.</summary>
        public bool Unconfirmed { get; set; }
    }
}

/// <summary>Room lent to another node, until its pull is answered.</summary>
/// <param name="node">The node.</param>
/// <param name="pool">The pool.</param>
/// <param name="received">The last answer received from the node.</param>
/// <param name="room">How much room; none only to hear when there is work.</param>
/// <param name="isNotice">Whether it only says what was received.</param>
internal sealed class Loan(ClusterNode node, FetcherPool pool, long received, int room, bool isNotice)
{
    public ClusterNode Node => node;

    public FetcherPool Pool => pool;

    public int Room => room;

    public bool IsRecalled { get; set; }

    public byte[] RequestOf(string self) =>
        new PullRequest(self, pool.Name, received, room, pool.Served.Named, [.. pool.Served.Except], isNotice).Encode();
}
