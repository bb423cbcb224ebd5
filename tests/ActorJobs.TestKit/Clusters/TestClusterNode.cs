using ActorJobs.Cluster;
using ActorJobs.TestKit.Nodes;
using ActorJobs.TestKit.Stores;

namespace ActorJobs.TestKit.Clusters;

/// <summary>One node of a <see cref="TestCluster"/>, with its own ways to the shared store and the meeting place, which a test may cut.</summary>
public sealed class TestClusterNode
{
    private readonly TestNetwork network;

    internal TestClusterNode(TestNode node, FaultyEntityStore store, FaultyMembershipStore members, TestNetwork network) =>
        (Node, Store, Members, this.network) = (node, store, members, network);

    /// <summary>Its name.</summary>
    public string Name => Node.Setup.Name;

    /// <summary>The node. Driving it drives the whole cluster.</summary>
    public TestNode Node { get; }

    /// <summary>Its way to the shared store.</summary>
    public FaultyEntityStore Store { get; }

    /// <summary>Its way to the meeting place.</summary>
    public FaultyMembershipStore Members { get; }

    /// <summary>Jobs, not driven.</summary>
    public IJobClient Client => Node.Client;

    /// <summary>The cluster as the node shows it.</summary>
    public IClusterNodes Cluster => Node.Jobs.Nodes;

    /// <summary>Its queues and pools, steered.</summary>
    public IQueueControl Control => Node.Jobs.Control;

    /// <summary>Whether its process is there and has not been told to stop.</summary>
    public bool IsUp { get; private set; } = true;

    /// <summary>The shards it runs, with their epochs.</summary>
    public IReadOnlyDictionary<int, long> Shards => Node.Jobs.Entities.Epochs;

    /// <summary>How many claims it answers for: attempts under way, and outcomes not yet stored.</summary>
    public int HeldClaims => Node.Jobs.Held;

    /// <summary>It cannot reach the store any more; other nodes can, and they reach it.</summary>
    public void CutOff()
    {
        Store.All.GoDown();
        Members.All.GoDown();
    }

    /// <summary>Ends <see cref="CutOff"/>.</summary>
    public void Reconnect()
    {
        Store.All.ComeBack();
        Members.All.ComeBack();
    }

    /// <summary>Its process stops (SIGSTOP): it keeps its connections and does nothing.</summary>
    public void Freeze() => Node.Process.Stop();

    /// <summary>Ends <see cref="Freeze"/>.</summary>
    public void Thaw() => Node.Process.Continue();

    /// <summary>Its process dies (SIGKILL).</summary>
    public void Kill()
    {
        IsUp = false;
        Node.Kill();
        network.Detach(Name);
    }

    /// <summary>Leaves in order.</summary>
    /// <param name="deadline">How long running attempts may go on.</param>
    public async Task LeaveAsync(TimeSpan deadline)
    {
        IsUp = false;
        await Node.StopAsync(deadline);
        network.Detach(Name);
    }
}
