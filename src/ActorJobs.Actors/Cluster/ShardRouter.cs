using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Shards;

namespace ActorJobs.Actors.Cluster;

/// <summary>
/// Gets commands to the shards this node does not run: over the link to the owner, and to this node's own shard when it has meanwhile become that.
/// What has no owner yet waits, a bounded time and a bounded number; an owner that turns out not to be it is looked up anew.
/// </summary>
internal sealed class ShardRouter(EntityHostContext host, ClusterOptions cluster) : Actor<RouterMessage>
{
    private const int MaxWaiting = 50_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<string, ActorRef<LinkMessage>> links = new(StringComparer.Ordinal);
    private readonly List<Routed> waiting = [];
    private ClusterView view = ClusterView.Empty;
    private int waitingCommands;
    private bool isTicking;

    protected internal override ValueTask ReceiveAsync(RouterMessage message, ActorContext<RouterMessage> context)
    {
        switch (message)
        {
            case RouterMessage.Send(var shard, var commands):
                Route(new Routed(shard, commands, context.Time.GetTimestamp()), context);
                break;
            case RouterMessage.Returned(var routed):
                Hold(routed); // a moment's pause, for the picture to become clear
                host.Cluster!.Member?.Tell(MemberMessage.Refresh.Instance);
                break;
            case RouterMessage.Viewed(var next):
                view = next;
                DropLinks();
                RouteWaiting(context);
                break;
            case RouterMessage.Tick:
                isTicking = false;
                RouteWaiting(context);
                if (waiting.Count > 0)
                    host.Cluster!.Member?.Tell(MemberMessage.Refresh.Instance); // the next beat would show the owner too, but late
                break;
        }

        return default;
    }

    protected internal override ValueTask TurnEndedAsync(ActorContext<RouterMessage> context)
    {
        if (waiting.Count == 0 || isTicking)
            return default;
        isTicking = true;
        context.Timers.Schedule("tick", Pace, RouterMessage.Tick.Instance);
        return default;
    }

    protected internal override ValueTask StoppedAsync(ActorContext<RouterMessage> context)
    {
        foreach (var routed in waiting)
            routed.Fail("the node is stopping");
        waiting.Clear();
        return default;
    }

    private void RouteWaiting(ActorContext<RouterMessage> context)
    {
        Routed[] all = [.. waiting];
        waiting.Clear();
        waitingCommands = 0;
        foreach (var routed in all)
            Route(routed, context);
    }

    private void Route(Routed routed, ActorContext<RouterMessage> context)
    {
        if (host.Local(routed.Shard) is { } local)
            local.Tell(new ShardMessage.Deliver(routed.Commands));
        else if (view.OwnerOf(routed.Shard) is { } owner && owner.Name != host.Options.Node)
            LinkTo(owner, context).Tell(new LinkMessage.Send(routed));
        else if (context.Time.GetElapsedTime(routed.Since) >= Patience)
            routed.Fail("the shard has no owner now");
        else
            Hold(routed);
    }

    private void Hold(Routed routed)
    {
        if (waitingCommands + routed.Commands.Count > MaxWaiting)
        {
            routed.Fail("too many commands wait for shards that have no owner now");
            return;
        }

        waiting.Add(routed);
        waitingCommands += routed.Commands.Count;
    }

    private ActorRef<LinkMessage> LinkTo(ClusterNode node, ActorContext<RouterMessage> context)
    {
        if (!links.TryGetValue(node.Name, out var link))
            links[node.Name] = link = context.Spawn(new Props<LinkMessage>(() => new PeerLink(node, host, cluster.Transport, context.Self)), node.Name);
        return link;
    }

    // what is under way to a dead node goes to the shard's next owner; that the dead one has done it already is recognised by the command
    private void DropLinks()
    {
        foreach (var name in links.Keys.Where(name => !view.Nodes.ContainsKey(name)).ToArray())
        {
            links[name].Tell(LinkMessage.Close.Instance);
            links.Remove(name);
        }
    }
}

/// <summary>Commands on their way to a shard that may be elsewhere.</summary>
/// <param name="Shard">Which shard.</param>
/// <param name="Commands">The commands.</param>
/// <param name="Since">The timestamp they came at: how long they have been under way bounds how long they are tried.</param>
internal sealed record Routed(int Shard, IReadOnlyList<EntityCommand> Commands, long Since)
{
    public void Fail(string detail, EntityFailureReason reason = EntityFailureReason.Unavailable)
    {
        foreach (var command in Commands)
            command.Replies?.Reply(command.Slot, new EntityFailure(reason, detail));
    }

    /// <summary>The same, tried once already with an unknown outcome: an entity that was new may be there now.</summary>
    public Routed Repeated() => this with { Commands = [.. Commands.Select(command => command with { IsNew = false })] };
}

/// <summary>What the router is told.</summary>
internal abstract record RouterMessage
{
    private RouterMessage()
    {
    }

    /// <summary>Commands for a shard that is not here.</summary>
    public sealed record Send(int Shard, IReadOnlyList<EntityCommand> Commands) : RouterMessage;

    /// <summary>Commands that did not get through: their owner is another, or nobody knows what became of them.</summary>
    public sealed record Returned(Routed Routed) : RouterMessage;

    /// <summary>A new picture of the cluster.</summary>
    public sealed record Viewed(ClusterView View) : RouterMessage;

    /// <summary>Look again at what waits.</summary>
    public sealed record Tick : RouterMessage
    {
        public static Tick Instance { get; } = new();
    }
}
