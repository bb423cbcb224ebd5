namespace ActorJobs.Workflows;

/// <summary>What follows from outcomes: pure functions over a graph and the statuses of its nodes.</summary>
internal static class WorkflowFlow
{
    /// <summary>Which waiting nodes may run or will not, now that some have the status they have.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="nodes">The statuses, the new ones included.</param>
    /// <param name="changed">The nodes whose children are to be looked at; null looks at every node.</param>
    public static (List<int> Ready, List<int> Skipped) Advance(WorkflowGraph graph, NodeTable nodes, int? changed)
    {
        var (ready, skipped) = (new List<int>(), new List<int>());
        var now = nodes.Copy();
        var look = new Queue<int>(changed is { } place ? graph.Children[place] : Enumerable.Range(0, graph.Count));
        while (look.TryDequeue(out var node))
        {
            if (now[node] != StepStatus.Waiting || DecisionFor(graph, now, node) is not { } next)
                continue;
            now[node] = next;
            (next == StepStatus.Ready ? ready : skipped).Add(node);
            if (next != StepStatus.Skipped)
                continue;
            foreach (var child in graph.Children[node])
                look.Enqueue(child);
        }

        return (ready, skipped);
    }

    /// <summary>The skipped nodes that wait for a node, at once or by way of skipped ones.</summary>
    public static List<int> SkippedBehind(WorkflowGraph graph, NodeTable nodes, int place)
    {
        var found = new HashSet<int>();
        var look = new Queue<int>(graph.Children[place]);
        while (look.TryDequeue(out var node))
        {
            if (nodes[node] != StepStatus.Skipped || !found.Add(node))
                continue;
            foreach (var child in graph.Children[node])
                look.Enqueue(child);
        }

        return [.. found];
    }

    /// <summary>Whether nothing waits or runs any more.</summary>
    public static bool IsSettled(NodeTable nodes) => nodes.Open == 0;

    /// <summary>Whether a node has failed whose failure counts. Skipped ones follow from such a failure, or from a stop.</summary>
    public static bool HasFailed(WorkflowGraph graph, NodeTable nodes) =>
        nodes.Places(StepStatus.Failed).Concat(nodes.Places(StepStatus.Cancelled)).Concat(nodes.Places(StepStatus.Expired))
            .Any(place => !graph.IsFailureIgnored(place));

    /// <summary>Whether any completed node has something to undo.</summary>
    public static bool CanCompensate(WorkflowGraph graph, NodeTable nodes) =>
        nodes.Places(StepStatus.Completed).Any(place => graph[place].Compensation is not null);

    /// <summary>
    /// Which compensations may run, and which nodes need none: a node's turn comes when all that waited for it are done with.
    /// </summary>
    public static (List<int> Ready, List<int> Skipped) Unwind(WorkflowGraph graph, NodeTable nodes, NodeTable undo, int? changed)
    {
        var (ready, skipped) = (new List<int>(), new List<int>());
        var now = undo.Copy();
        var look = new Queue<int>(changed is { } place ? graph.Parents[place] : Enumerable.Range(0, graph.Count));
        while (look.TryDequeue(out var node))
        {
            if (now[node] != StepStatus.Waiting || !Array.TrueForAll(graph.Children[node], child => now[child].IsEnded()))
                continue;
            var isNeeded = nodes[node] == StepStatus.Completed && graph[node].Compensation is not null;
            now[node] = isNeeded ? StepStatus.Ready : StepStatus.Skipped;
            (isNeeded ? ready : skipped).Add(node);
            if (isNeeded)
                continue;
            foreach (var parent in graph.Parents[node])
                look.Enqueue(parent);
        }

        return (ready, skipped);
    }

    // null while the answer is open; one failure that stops is enough, whatever the other parents do
    private static StepStatus? DecisionFor(WorkflowGraph graph, StepStatus[] now, int node)
    {
        var isOpen = false;
        foreach (var parent in graph.Parents[node])
        {
            if (!now[parent].IsEnded())
                isOpen = true;
            else if (now[parent] != StepStatus.Completed && graph.PolicyOf(parent, node) == FailurePolicy.Stop)
                return StepStatus.Skipped;
        }

        return isOpen ? null : StepStatus.Ready;
    }
}
