using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.Jobs;

namespace ActorJobs.Workflows;

/// <summary>
/// Looks for jobs that have ids which nodes of a workflow are to get: left by an earlier workflow of that id, of which they are kept longer, or made by
/// somebody else. A node whose job is there already would never hear of an end.
/// </summary>
internal sealed class TakenIds(IEntityStore store, WorkflowReading reading)
{
    private const int Page = 500;

    /// <summary>The first such id, or null. Nodes that the workflow has already may have their jobs.</summary>
    public async ValueTask<TakenId?> FindAsync(string workflow, WorkflowDefinition definition, CancellationToken cancellationToken)
    {
        var taken = new List<(string Node, string Id)>();
        foreach (var page in definition.Nodes.SelectMany(node => EntitiesOf(workflow, node).Select(key => (node.Key, Entity: key))).Chunk(Page))
        {
            var stored = await store.ReadAsync([.. page.Select(item => item.Entity)], cancellationToken).ConfigureAwait(false);
            taken.AddRange(page.Where((_, i) => stored[i] is not null).Select(item => (item.Key, item.Entity.Id)));
        }

        if (taken.Count == 0)
            return null;
        // read after them: a node's job is made only once its workflow has the node
        var state = await reading.StateAsync(workflow, cancellationToken).ConfigureAwait(false);
        return taken.Find(item => state?.Find(item.Node) is null).Id is { } id ? new TakenId(id, state?.Status) : null;
    }

    private static IEnumerable<EntityKey> EntitiesOf(string workflow, NodeDefinition node)
    {
        var id = WorkflowIds.NodeId(workflow, node.Key);
        if (node.Compensation is not null)
            yield return JobEntity.Key(new JobId(WorkflowIds.NodeId(workflow, WorkflowIds.Undo + node.Key)));
        if (node.Nested is not { } nested)
        {
            yield return JobEntity.Key(new JobId(id));
            yield break;
        }

        yield return WorkflowIds.Entity(id);
        foreach (var inner in nested.Definition.Nodes.SelectMany(child => EntitiesOf(id, child)))
            yield return inner;
    }
}

/// <summary>An id that a node of a workflow would get and somebody has.</summary>
/// <param name="Id">The id.</param>
/// <param name="Workflow">How the workflow stands; null when there is none yet.</param>
internal sealed record TakenId(string Id, WorkflowStatus? Workflow);
