using ActorJobs.Actors.Dispatch;
using ActorJobs.Actors.Shards;
using ActorJobs.Actors.Supervision;

namespace ActorJobs.Actors.Cluster;

/// <summary>
/// This node's part in the cluster, and the parent of its shards. Beats renew the node's lease and bring the picture of the cluster; from it each
/// node works out alone which shards it should run. A shard that should be elsewhere is handed over: it finishes what is under way, is released,
/// and the nodes that should have it are told. A node that cannot renew gives its shards up before others may take them.
/// </summary>
internal sealed partial class ClusterMember(EntityHostContext host, ClusterOptions cluster) : Actor<MemberMessage>
{
    public const string RefreshOperation = "refresh";

    private static readonly TimeSpan RefreshPace = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<int, ActorRef<ShardMessage>> running = [];
    private readonly HashSet<int> leaving = []; // of those running: told to hand over
    private readonly List<int> released = [];
    private readonly DateTimeOffset since = host.System.Time.GetUtcNow();
    private long renewed;
    private long generation = host.Store.Generation;
    private ClusterView view = ClusterView.Empty;
    private bool isCalling;
    private bool mustBeat = true;
    private bool isRefreshing;
    private bool isLeaving;
    private bool hasLeft;
    private Completion<bool>? handedOver;
    private Completion<bool>? left;

    protected internal override ValueTask StartedAsync(ActorContext<MemberMessage> context)
    {
        host.CloseAll(); // the shards of an actor before a restart have stopped with it
        renewed = context.Time.GetTimestamp();
        context.Timers.Schedule("beat", TimeSpan.Zero, MemberMessage.Beat.Instance);
        return default;
    }

    protected internal override ValueTask ReceiveAsync(MemberMessage message, ActorContext<MemberMessage> context)
    {
        switch (message)
        {
            case MemberMessage.Beat:
                mustBeat = true;
                context.Timers.Schedule("beat", cluster.Beat, MemberMessage.Beat.Instance);
                GiveUpWhenCutOff(context);
                break;
            case MemberMessage.Refresh when !isRefreshing:
                isRefreshing = true;
                context.Timers.Schedule("refresh", RefreshPace, MemberMessage.BeatNow.Instance);
                break;
            case MemberMessage.BeatNow:
                (isRefreshing, mustBeat) = (false, true);
                break;
            case MemberMessage.Viewed(var next, var askedAt):
                isCalling = false;
                host.Health.Recovered();
                renewed = askedAt;
                view = next;
                cluster.Viewed(next);
                host.Cluster!.Take(next);
                GiveUpWhenStoreWentBack(context);
                Apply(ShardPlan.Of(host.Options.Node, host.Options.Shards, running.Keys.ToHashSet(), next), context);
                break;
            case MemberMessage.Taken(var shards):
                isCalling = false;
                foreach (var shard in shards)
                    Start(shard, context);
                break;
            case MemberMessage.Released(var shards):
                isCalling = false;
                TellNextOwners(shards);
                break;
            case MemberMessage.CallFailed(var error):
                isCalling = false;
                host.Health.Failed(error);
                host.System.Events.Publish(new ActorFailed(context.Self.Path, error, Directive.Resume));
                break;
            case MemberMessage.ShardStopped(var shard, var stopped) when running.TryGetValue(shard, out var current) && current == stopped:
                host.Close(shard); // one that has found another owner stops by itself: what is sent to it from here would be lost
                running.Remove(shard);
                leaving.Remove(shard);
                released.Add(shard);
                break;
            case MemberMessage.HandOver(var done):
                (isLeaving, handedOver, mustBeat) = (true, done, true);
                break;
            case MemberMessage.Leave(var done):
                (isLeaving, left) = (true, done);
                HandOver([.. running.Keys]);
                break;
        }

        return default;
    }

    protected internal override ValueTask TurnEndedAsync(ActorContext<MemberMessage> context)
    {
        if (isCalling || hasLeft)
            return default;
        if (released.Count > 0)
            Release(context);
        else if (mustBeat)
            BeatNow(context);
        if (!isCalling && (running.Count == 0 || !view.Nodes.Values.Any(node => node.CanOwn && node.Name != host.Options.Node)))
            handedOver?.Set(true);
        if (!isCalling && running.Count == 0 && left is { } done)
        {
            (left, hasLeft) = (null, true);
            context.PipeToSelf(LeaveAsync(done), _ => MemberMessage.Refresh.Instance, error => new MemberMessage.CallFailed(error));
        }

        return default;
    }

    private void BeatNow(ActorContext<MemberMessage> context)
    {
        if (cluster.Url() is not { } url)
        {
            context.Timers.Schedule("beat", RefreshPace, MemberMessage.Beat.Instance);
            return;
        }

        (mustBeat, isCalling) = (false, true);
        var askedAt = context.Time.GetTimestamp();
        context.PipeToSelf(
            CallAsync(token => cluster.Members.BeatAsync(Self(url), cluster.Lease, token)),
            next => new MemberMessage.Viewed(next, askedAt),
            error => new MemberMessage.CallFailed(error));
    }

    private ClusterNode Self(string url) => new(host.Options.Node, url, cluster.Roles, since)
    {
        IsLeaving = isLeaving,
        Epochs = host.Epochs(),
        Details = cluster.Details(),
    };

    private void Apply(ShardPlan plan, ActorContext<MemberMessage> context)
    {
        foreach (var shard in plan.Stop)
            StopAtOnce(shard, context);
        HandOver(plan.HandOver);
        released.AddRange(plan.Release);
        if (plan.Take.Count == 0)
            return;
        isCalling = true;
        context.PipeToSelf(
            CallAsync(token => cluster.Members.TakeAsync(host.Options.Node, plan.Take, token)),
            taken => new MemberMessage.Taken(taken),
            error => new MemberMessage.CallFailed(error));
    }

    private void HandOver(IReadOnlyList<int> shards)
    {
        foreach (var shard in shards)
        {
            if (leaving.Add(shard))
                host.Close(shard);
            running[shard].Tell(ShardMessage.HandOver.Instance); // told anew with each beat: one that has failed meanwhile has forgotten it
        }
    }

    private void Start(int shard, ActorContext<MemberMessage> context)
    {
        if (isLeaving || running.ContainsKey(shard))
            return;
        released.Remove(shard); // it had stopped, and has been taken anew before that was told: others must not think that it is nobody's
        var started = running[shard] = context.Spawn(new Props<ShardMessage>(() => new Shard(shard, host)), $"{shard}");
        context.Watch(started, new MemberMessage.ShardStopped(shard, started));
        host.Open(shard, started);
    }

    private void StopAtOnce(int shard, ActorContext<MemberMessage> context)
    {
        host.Close(shard);
        context.Stop(running[shard]);
    }

    // by a monotonic clock, counted from before the last beat that was answered
    private void GiveUpWhenCutOff(ActorContext<MemberMessage> context)
    {
        if (context.Time.GetElapsedTime(renewed) >= cluster.GivesUpAfter)
            StopAllAtOnce(context);
    }

    // what shards have in memory may be ahead of the store then, and nothing would ever tell them: they are taken anew
    private void GiveUpWhenStoreWentBack(ActorContext<MemberMessage> context)
    {
        if (generation == host.Store.Generation)
            return;
        generation = host.Store.Generation;
        StopAllAtOnce(context);
    }

    private void StopAllAtOnce(ActorContext<MemberMessage> context)
    {
        foreach (var shard in running.Keys)
            StopAtOnce(shard, context);
    }

    private void Release(ActorContext<MemberMessage> context)
    {
        int[] shards = [.. released];
        released.Clear();
        isCalling = true;
        context.PipeToSelf(
            ReleaseAsync(shards),
            _ => new MemberMessage.Released(shards),
            error => new MemberMessage.CallFailed(error)); // then they stay this node's by name, and the next plan takes or releases them anew
    }
}
