using System.Text.Json;
using ActorJobs.Jobs;

namespace ActorJobs.Workflows;

/// <summary>Checks a request and turns it into a definition: every job's options filled in, what jobs share kept once.</summary>
internal sealed class WorkflowReader(JobRequestReader jobs)
{
    /// <summary>How big a definition may be, as JSON: a state with it must fit into one write.</summary>
    public const int MaxBytes = 3 << 20;

    private static readonly TimeSpan DefaultRetention = TimeSpan.FromDays(7);
    private static readonly TimeSpan MaxDuration = TimeSpan.FromDays(3650);

    public static TimeSpan RetentionOf(WorkflowRequest request) => request.Retention ?? DefaultRetention;

    /// <summary>The definition of a new workflow, or what is wrong with it.</summary>
    public (WorkflowDefinition? Definition, JobProblem? Problem) Read(WorkflowRequest request, string id)
    {
        if (HeadProblem(request) is { } head)
            return (null, head);
        return ReadNodes(request.Jobs, id);
    }

    /// <summary>The definition of nodes to be added, as far as they can be checked by themselves.</summary>
    public (WorkflowDefinition? Definition, JobProblem? Problem) ReadNodes(IReadOnlyList<WorkflowJob> nodes, string id, bool areAdded = false)
    {
        var (definition, problem) = ReadNodes(nodes, id, 1);
        if (definition is null)
            return (null, problem);
        if (!areAdded && WorkflowRules.ProblemOf(WorkflowDefinition.Empty, definition) is { } wrong)
            return (null, wrong);
        return JsonSerializer.SerializeToUtf8Bytes(definition, WorkflowJsonContext.Default.WorkflowDefinition).Length > MaxBytes
            ? (null, new("too-large", $"The workflow is larger than {MaxBytes} bytes. Hand big arguments over by reference.", "jobs"))
            : (definition, null);
    }

    private (WorkflowDefinition?, JobProblem?) ReadNodes(IReadOnlyList<WorkflowJob> nodes, string id, int depth)
    {
        if (nodes.Count == 0)
            return (null, new("no-jobs", $"A workflow has 1 to {WorkflowRules.MaxNodes} jobs; this one has none.", "jobs"));
        if (nodes.Count > WorkflowRules.MaxNodes)
            return (null, new("too-many-jobs", $"A workflow has 1 to {WorkflowRules.MaxNodes} jobs; this one has {nodes.Count}.", "jobs"));
        var templates = new Templates();
        var definitions = new List<NodeDefinition>(nodes.Count);
        foreach (var (place, node) in nodes.Index())
        {
            var (definition, problem) = ReadNode(node, id, depth, templates);
            if (definition is null)
                return (null, problem! with { Field = problem.Field is null ? $"jobs.{place}" : $"jobs.{place}.{problem.Field}" });
            definitions.Add(definition);
        }

        return (new WorkflowDefinition(templates.All, definitions), null);
    }

    private (NodeDefinition?, JobProblem?) ReadNode(WorkflowJob node, string id, int depth, Templates templates)
    {
        if (NodeProblem(node, id, depth) is { } problem)
            return (null, problem);
        var (work, wrong) = ReadWork(node.Job, templates, "");
        var (compensation, wrongCompensation) = wrong is null ? ReadWork(node.Compensation, templates, "compensation.") : default;
        var (nested, wrongNested) = wrong is null ? ReadNested(node, id, depth) : default;
        if ((wrong ?? wrongCompensation ?? wrongNested) is { } first)
            return (null, first);
        return (new NodeDefinition(node.Key)
        {
            Work = work,
            Nested = nested,
            Compensation = compensation,
            After = node.After.Count == 0 ? null : [.. node.After.Select(edge => edge.Key)],
            Policies = node.After.Any(edge => edge.OnFailure is not null)
                ? node.After.Where(edge => edge.OnFailure is not null).DistinctBy(edge => edge.Key).ToDictionary(edge => edge.Key, edge => edge.OnFailure!.Value)
                : null,
            OnFailure = node.OnFailure,
            Delay = node.Delay,
        }, null);
    }

    private (NestedDefinition?, JobProblem?) ReadNested(WorkflowJob node, string id, int depth)
    {
        if (node.Workflow is not { } nested)
            return default;
        if (HeadProblem(nested) is { } head)
            return (null, head with { Field = $"workflow.{head.Field}" });
        var (definition, problem) = ReadNodes(nested.Jobs, WorkflowIds.NodeId(id, node.Key), depth + 1);
        problem ??= WorkflowRules.ProblemOf(WorkflowDefinition.Empty, definition!);
        return problem is null
            ? (new NestedDefinition(nested.Name, RetentionOf(nested), definition!), null)
            : (null, problem with { Field = $"workflow.{problem.Field}" });
    }

    private (WorkDefinition?, JobProblem?) ReadWork(JobRequest? request, Templates templates, string field)
    {
        if (request is null)
            return default;
        var own = request.Id is not null ? "id" : request.Unique is not null ? "unique" : request.ParentId is not null ? "parentId" : null;
        if (own is not null)
            return (null, new("invalid-field", $"A workflow's job gets its '{own}' from the workflow.", field + own));
        var (spec, problem) = jobs.Read(request);
        return spec is null
            ? (null, problem! with { Field = field + problem.Field })
            : (new WorkDefinition(templates.PlaceOf(spec), spec.Args), null);
    }

    private static JobProblem? HeadProblem(WorkflowRequest request) =>
        request.Id is { } id && !WorkflowIds.IsValidId(id) ? Invalid("id", $"1 to {WorkflowIds.MaxId} letters, digits or any of - _ .")
        : request.Name is { } name && (name.Length is 0 or > 100 || name.Any(char.IsControl)) ? Invalid("name", "1 to 100 characters, no control characters")
        : request.Fingerprint is { Length: 0 or > 128 } ? Invalid("fingerprint", "1 to 128 characters")
        : request.Retention is { } retention && (retention < TimeSpan.Zero || retention > MaxDuration) ? Invalid("retention", "0 to 10 years")
        : null;

    private static JobProblem? NodeProblem(WorkflowJob node, string id, int depth) =>
        !WorkflowIds.IsValidKey(node.Key) ? Invalid("key", $"1 to {WorkflowIds.MaxKey} letters, digits or any of - _ .")
        : WorkflowIds.NodeId(id, WorkflowIds.Undo + node.Key).Length > JobId.MaxLength
            ? new("key-too-long", $"'{WorkflowIds.NodeId(id, node.Key)}' would be the job's id; ids have at most {JobId.MaxLength - 1} characters.", "key")
        : (node.Job is null) == (node.Workflow is null) ? new("contradiction", "A node is either a job or a workflow.", "workflow")
        : node.Workflow?.Id is not null ? new("invalid-field", "A nested workflow gets its id from the one around it.", "workflow.id")
        : node.Workflow is not null && depth >= WorkflowRules.MaxDepth ? new("too-deep", $"Workflows nest at most {WorkflowRules.MaxDepth} deep.", "workflow")
        : node.Workflow is not null && node.Delay is not null ? new("contradiction", "A nested workflow takes no delay; give it to its first jobs.", "delay")
        : node.Delay is { } delay && (delay < TimeSpan.Zero || delay > MaxDuration) ? Invalid("delay", "0 to 10 years")
        : null;

    private static JobProblem Invalid(string field, string allowed) => new("invalid-field", $"'{field}' is out of bounds; allowed: {allowed}.", field);

    /// <summary>Specs that differ in more than their arguments.</summary>
    private sealed class Templates
    {
        private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
        private readonly List<JobSpec> all = [];
        private (JobSpec? Spec, int Place) last;

        public IReadOnlyList<JobSpec> All => all;

        public int PlaceOf(JobSpec spec)
        {
            var bare = spec with { Args = RawJson.Null };
            if (bare == last.Spec)
                return last.Place;
            var json = JsonSerializer.Serialize(bare, JobJsonContext.Default.JobSpec);
            if (!places.TryGetValue(json, out var place))
            {
                places[json] = place = all.Count;
                all.Add(bare);
            }

            last = (bare, place);
            return place;
        }
    }
}
