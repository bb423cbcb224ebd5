namespace ActorJobs.AspNetCore.Pages.Workflows;

/// <summary>A box of the drawing: one node, or many that look alike.</summary>
/// <param name="Layer">How many steps it is from the beginning.</param>
/// <param name="Nodes">Its nodes.</param>
/// <param name="Parents">The boxes it waits for, by their places.</param>
internal sealed record GraphGroup(int Layer, IReadOnlyList<WorkflowNodeView> Nodes, IReadOnlyList<int> Parents)
{
    // so many side by side can be told apart; more are drawn as one
    private const int MaxApart = 8;

    public bool IsMany => Nodes.Count > 1;

    public string Title => IsMany ? $"{Nodes.Count} × {Nodes[0].Kind ?? "workflow"}" : Nodes[0].Key;

    /// <summary>The state that matters most among its nodes, in the order of what people look for.</summary>
    public StepStatus State => Order.First(state => state == StepStatus.Waiting || Nodes.Any(node => node.State == state));

    /// <summary>The states of its nodes in words.</summary>
    public string Words => IsMany
        ? string.Join(", ", Nodes.CountBy(node => WordOf(node)).OrderByDescending(count => count.Value).Take(2).Select(count => $"{count.Value} {count.Key}"))
        : WordOf(Nodes[0]);

    /// <summary>The groups of a workflow, parents before children.</summary>
    public static IReadOnlyList<GraphGroup> Of(IReadOnlyList<WorkflowNodeView> nodes)
    {
        var places = nodes.Index().ToDictionary(node => node.Item.Key, node => node.Index, StringComparer.Ordinal);
        var layers = Layers(nodes, places);
        var groupOf = new int[nodes.Count];
        var groups = new List<GraphGroup>();
        foreach (var layer in Enumerable.Range(0, nodes.Count).GroupBy(place => layers[place]).OrderBy(layer => layer.Key))
        {
            var alike = layer.GroupBy(place => (
                nodes[place].Kind,
                Parents: string.Join(',', nodes[place].After.Select(edge => groupOf[places[edge.Key]]).Distinct().Order())));
            foreach (var group in alike)
            {
                int[] members = [.. group];
                foreach (var box in members.Length > MaxApart ? [members] : members.Chunk(1))
                {
                    foreach (var member in box)
                        groupOf[member] = groups.Count;
                    int[] parents = [.. nodes[box[0]].After.Select(edge => groupOf[places[edge.Key]]).Distinct()];
                    groups.Add(new GraphGroup(layer.Key, [.. box.Select(member => nodes[member])], parents));
                }
            }
        }

        return groups;
    }

    private static readonly StepStatus[] Order =
    [
        StepStatus.Failed, StepStatus.Expired, StepStatus.Submitted, StepStatus.Stopping, StepStatus.Retrying, StepStatus.Ready,
        StepStatus.Cancelled, StepStatus.Skipped, StepStatus.Completed, StepStatus.Waiting,
    ];

    private static string WordOf(WorkflowNodeView node) =>
        node.Compensation is { } undo && undo != StepStatus.Skipped ? (undo == StepStatus.Completed ? "undone" : $"undo {undo}")
        : node.JobState is { } job ? job.ToString()
        : node.State.ToString();

    // the longest way from the beginning
    private static int[] Layers(IReadOnlyList<WorkflowNodeView> nodes, Dictionary<string, int> places)
    {
        var layers = new int[nodes.Count];
        var open = nodes.Select(node => node.After.Count).ToArray();
        var children = nodes.Index().SelectMany(node => node.Item.After.Select(edge => (Parent: places[edge.Key], Child: node.Index)))
            .ToLookup(edge => edge.Parent, edge => edge.Child);
        var free = new Queue<int>(Enumerable.Range(0, nodes.Count).Where(place => open[place] == 0));
        while (free.TryDequeue(out var place))
        {
            foreach (var child in children[place])
            {
                layers[child] = Math.Max(layers[child], layers[place] + 1);
                if (--open[child] == 0)
                    free.Enqueue(child);
            }
        }

        return layers;
    }
}
