using ActorJobs.Jobs;

namespace ActorJobs.Workflows;

/// <summary>What a workflow is, checked and with its defaults filled in. Nodes share what they have in common: a graph of thousands stays small.</summary>
/// <param name="Templates">Job specs without arguments.</param>
/// <param name="Nodes">The nodes, parents by key.</param>
internal sealed record WorkflowDefinition(IReadOnlyList<JobSpec> Templates, IReadOnlyList<NodeDefinition> Nodes)
{
    public static WorkflowDefinition Empty { get; } = new([], []);

    /// <summary>How many nodes there are, nested ones included.</summary>
    public int Count() => Nodes.Sum(node => 1 + (node.Nested?.Definition.Count() ?? 0));

    /// <summary>Both together.</summary>
    public WorkflowDefinition With(WorkflowDefinition addition)
    {
        var shift = Templates.Count;
        return new([.. Templates, .. addition.Templates], [.. Nodes, .. addition.Nodes.Select(node => node with
        {
            Work = node.Work?.Shift(shift),
            Compensation = node.Compensation?.Shift(shift),
        })]);
    }

    public JobSpec SpecOf(WorkDefinition work) => Templates[work.Template] with { Args = work.Args };
}

/// <summary>One node.</summary>
internal sealed record NodeDefinition(string Key)
{
    /// <summary>The job, or null when the node is a workflow.</summary>
    public WorkDefinition? Work { get; init; }

    public NestedDefinition? Nested { get; init; }

    public IReadOnlyList<string>? After { get; init; }

    /// <summary>Edges that say something else than the parent does, by the parent's key.</summary>
    public IReadOnlyDictionary<string, FailurePolicy>? Policies { get; init; }

    public FailurePolicy OnFailure { get; init; }

    public TimeSpan? Delay { get; init; }

    public WorkDefinition? Compensation { get; init; }

    /// <summary>Whether it is the same work under the same key, so that adding it again is a repetition.</summary>
    public bool IsSameAs(NodeDefinition other) =>
        Key == other.Key && (Work is null) == (other.Work is null) && (After ?? []).SequenceEqual(other.After ?? [])
        && (Work is null || Work.Args.Utf8.Span.SequenceEqual(other.Work!.Args.Utf8.Span));
}

/// <summary>A job: a template and its arguments.</summary>
internal sealed record WorkDefinition(int Template, RawJson Args)
{
    public WorkDefinition Shift(int by) => this with { Template = Template + by };
}

/// <summary>A nested workflow.</summary>
internal sealed record NestedDefinition(string? Name, TimeSpan Retention, WorkflowDefinition Definition);
