using ActorJobs.Actors.Entities;
using ActorJobs.Workflows;

namespace ActorJobs.Tests.Workflows;

/// <summary>A workflow as its shell and a store would keep it: what is kept goes through JSON.</summary>
internal sealed class StoredWorkflow
{
    private static readonly WorkflowDecider Decider = new();

    private readonly List<(string Type, ReadOnlyMemory<byte> Data)> history = [];

    public WorkflowState State { get; private set; } = WorkflowState.None;

    public Intents Intents => Decider.Intents(State);

    public int Events => history.Count;

    public long Bytes => history.Sum(item => (long)item.Data.Length);

    public object? Send(WorkflowCommand command, DateTimeOffset? now = null)
    {
        var decision = Decider.Decide(State, command, new DecisionContext(WorkflowIds.Entity("w"), now ?? DateTimeOffset.UnixEpoch, 0));
        foreach (var happened in decision.Events)
        {
            history.Add((WorkflowEntity.Codec.TypeOf(happened), WorkflowEntity.Codec.EncodeEvent(happened)));
            State = Decider.Evolve(State, happened);
        }

        return decision.Reply;
    }

    /// <summary>Forgets what is in memory and reads what was stored: a snapshot after some event, and the events since.</summary>
    public void Reload(int snapshotAfter)
    {
        var snapshot = WorkflowEntity.Codec.EncodeState(Fold(WorkflowState.None, history[..snapshotAfter]));
        State = Fold(WorkflowEntity.Codec.DecodeState(snapshot), history[snapshotAfter..]);
    }

    private static WorkflowState Fold(WorkflowState start, IEnumerable<(string Type, ReadOnlyMemory<byte> Data)> events) =>
        events.Aggregate(start, (state, item) => Decider.Evolve(state, WorkflowEntity.Codec.DecodeEvent(item.Type, item.Data)));
}
