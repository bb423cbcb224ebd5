using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorJobs.Workflows;

/// <summary>A definition with its edges resolved to places. Immutable, and shared by all states of a workflow.</summary>
[JsonConverter(typeof(WorkflowGraphConverter))]
internal sealed class WorkflowGraph
{
    private readonly FrozenDictionary<string, int> places;

    public WorkflowGraph(WorkflowDefinition definition)
    {
        Definition = definition;
        places = definition.Nodes.Select((node, place) => (node.Key, place)).ToFrozenDictionary(item => item.Key, item => item.place, StringComparer.Ordinal);
        Parents = [.. definition.Nodes.Select(node => node.After is { } after ? Array.ConvertAll([.. after], key => places[key]) : [])];
        Children = ChildrenOf(Parents);
    }

    public WorkflowDefinition Definition { get; }

    public int Count => Parents.Length;

    /// <summary>For each node, whom it waits for.</summary>
    public int[][] Parents { get; }

    /// <summary>For each node, who waits for it.</summary>
    public int[][] Children { get; }

    public NodeDefinition this[int place] => Definition.Nodes[place];

    public int? Find(string key) => places.TryGetValue(key, out var place) ? place : null;

    /// <summary>What a parent's failure means to a child.</summary>
    public FailurePolicy PolicyOf(int parent, int child) =>
        this[child].Policies is { } policies && policies.TryGetValue(this[parent].Key, out var policy) ? policy : this[parent].OnFailure;

    /// <summary>Whether the workflow may complete although the node has failed.</summary>
    public bool IsFailureIgnored(int place) => Children[place].Length == 0
        ? this[place].OnFailure == FailurePolicy.Ignore
        : Children[place].All(child => PolicyOf(place, child) == FailurePolicy.Ignore);

    private static int[][] ChildrenOf(int[][] parents)
    {
        var children = new List<int>?[parents.Length];
        for (var child = 0; child < parents.Length; child++)
        {
            foreach (var parent in parents[child])
                (children[parent] ??= []).Add(child);
        }

        return Array.ConvertAll(children, list => list is null ? [] : list.ToArray());
    }
}

/// <summary>Stores a graph as its definition.</summary>
internal sealed class WorkflowGraphConverter : JsonConverter<WorkflowGraph>
{
    public override WorkflowGraph Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(JsonSerializer.Deserialize(ref reader, WorkflowJsonContext.Default.WorkflowDefinition)!);

    public override void Write(Utf8JsonWriter writer, WorkflowGraph value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Definition, WorkflowJsonContext.Default.WorkflowDefinition);
}
