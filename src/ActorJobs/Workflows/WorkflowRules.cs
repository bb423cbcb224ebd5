namespace ActorJobs.Workflows;

/// <summary>What a graph may be. Every problem names the node or edge it is about.</summary>
internal static class WorkflowRules
{
    public const int MaxNodes = 10_000;
    public const int MaxEdges = 50_000;
    public const int MaxDepth = 8;

    /// <summary>What is wrong with adding nodes to a definition, or null.</summary>
    public static JobProblem? ProblemOf(WorkflowDefinition present, WorkflowDefinition addition) =>
        SizeProblem(present, addition) ?? EdgeProblem(present, addition) ?? CycleProblem(addition);

    private static JobProblem? SizeProblem(WorkflowDefinition present, WorkflowDefinition addition)
    {
        var nodes = present.Count() + addition.Count();
        if (nodes > MaxNodes)
            return new("too-many-jobs", $"The workflow would have {nodes} jobs, nested ones included; at most {MaxNodes} are allowed.", "jobs");
        var edges = Edges(present) + Edges(addition);
        return edges > MaxEdges
            ? new("too-many-edges", $"The workflow would have {edges} edges; at most {MaxEdges} are allowed. A job between two layers saves most of them.", "jobs")
            : null;
    }

    private static JobProblem? EdgeProblem(WorkflowDefinition present, WorkflowDefinition addition)
    {
        var there = present.Nodes.Select(node => node.Key).ToHashSet(StringComparer.Ordinal);
        var keys = new HashSet<string>(there, StringComparer.Ordinal);
        foreach (var (place, node) in addition.Nodes.Index())
        {
            if (there.Contains(node.Key))
                return new("duplicate-key", $"The workflow has a job '{node.Key}' already, with another definition. Use another key; what is there is not changed.", $"jobs.{place}.key");
            if (!keys.Add(node.Key))
                return new("duplicate-key", $"There are two jobs '{node.Key}'.", $"jobs.{place}.key");
        }

        foreach (var (place, node) in addition.Nodes.Index())
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (edge, parent) in (node.After ?? []).Index())
            {
                var field = $"jobs.{place}.after.{edge}";
                if (!keys.Contains(parent))
                    return new("unknown-parent", $"'{node.Key}' waits for '{parent}', and there is no such job.", field);
                if (!seen.Add(parent))
                    return new("duplicate-edge", $"'{node.Key}' waits for '{parent}' twice.", field);
            }
        }

        return null;
    }

    /// <summary>Kahn's algorithm: what cannot be put in order lies on a circle or behind one.</summary>
    private static JobProblem? CycleProblem(WorkflowDefinition addition)
    {
        var places = addition.Nodes.Select((node, place) => (node.Key, place)).ToDictionary(item => item.Key, item => item.place, StringComparer.Ordinal);
        // edges to nodes already there cannot lie on a circle: those do not wait for new ones
        int[][] parents = [.. addition.Nodes.Select(node => (node.After ?? []).Where(places.ContainsKey).Select(key => places[key]).ToArray())];
        var open = Array.ConvertAll(parents, list => list.Length);
        var children = parents.SelectMany((list, child) => list.Select(parent => (parent, child))).ToLookup(edge => edge.parent, edge => edge.child);
        var free = new Queue<int>(Enumerable.Range(0, open.Length).Where(node => open[node] == 0));
        var ordered = 0;
        for (; free.TryDequeue(out var node); ordered++)
        {
            foreach (var child in children[node])
            {
                if (--open[child] == 0)
                    free.Enqueue(child);
            }
        }

        return ordered == open.Length ? null : Describe(addition, OnCycle(parents, open));
    }

    // going from parent to parent among what could not be ordered ends on the circle
    private static List<int> OnCycle(int[][] parents, int[] open)
    {
        var path = new List<int>();
        var seen = new HashSet<int>();
        var node = Array.FindIndex(open, count => count > 0);
        while (seen.Add(node))
        {
            path.Add(node);
            node = Array.Find(parents[node], parent => open[parent] > 0);
        }

        return path[path.IndexOf(node)..];
    }

    private static JobProblem Describe(WorkflowDefinition addition, List<int> cycle)
    {
        var child = addition.Nodes[cycle[0]];
        var parent = addition.Nodes[cycle[cycle.Count > 1 ? 1 : 0]].Key;
        var keys = cycle.Take(10).Select(node => addition.Nodes[node].Key).Append(cycle.Count > 10 ? "..." : child.Key);
        var edge = child.After!.TakeWhile(key => key != parent).Count();
        return new("cycle", $"'{child.Key}' waits for '{parent}', which waits for itself by way of it: {string.Join(" after ", keys)}.", $"jobs.{cycle[0]}.after.{edge}");
    }

    private static int Edges(WorkflowDefinition definition) => definition.Nodes.Sum(node => node.After?.Count ?? 0);
}
