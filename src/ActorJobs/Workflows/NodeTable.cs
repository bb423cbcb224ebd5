using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorJobs.Workflows;

/// <summary>The statuses of a workflow's nodes by their place, with their counts. Immutable: a change copies a byte per node.</summary>
[JsonConverter(typeof(NodeTableConverter))]
internal sealed class NodeTable
{
    private static readonly int Kinds = Enum.GetValues<StepStatus>().Length;

    private readonly StepStatus[] statuses;
    private readonly int[] counts;

    private NodeTable(StepStatus[] statuses, int[] counts) => (this.statuses, this.counts) = (statuses, counts);

    public static NodeTable Empty { get; } = new([], new int[Kinds]);

    public int Count => statuses.Length;

    public StepStatus this[int place] => statuses[place];

    /// <summary>How many have not ended.</summary>
    public int Open => statuses.Length - CountOf(StepStatus.Completed) - CountOf(StepStatus.Failed) - CountOf(StepStatus.Cancelled)
        - CountOf(StepStatus.Expired) - CountOf(StepStatus.Skipped);

    public int CountOf(StepStatus status) => counts[(int)status];

    public static NodeTable Of(ReadOnlySpan<StepStatus> statuses)
    {
        var counts = new int[Kinds];
        foreach (var status in statuses)
            counts[(int)status]++;
        return new(statuses.ToArray(), counts);
    }

    /// <summary>With more nodes at its end, all waiting.</summary>
    public NodeTable Extend(int by) => Of([.. statuses, .. new StepStatus[by]]);

    public NodeTable With(int place, StepStatus status) => With([place], status);

    public NodeTable With(IReadOnlyList<int> places, StepStatus status)
    {
        if (places.Count == 0)
            return this;
        var (copy, changed) = ((StepStatus[])statuses.Clone(), (int[])counts.Clone());
        for (var i = 0; i < places.Count; i++)
        {
            changed[(int)copy[places[i]]]--;
            changed[(int)status]++;
            copy[places[i]] = status;
        }

        return new(copy, changed);
    }

    public StepStatus[] Copy() => (StepStatus[])statuses.Clone();

    public IEnumerable<int> Places(StepStatus status)
    {
        for (var place = 0; counts[(int)status] > 0 && place < statuses.Length; place++)
        {
            if (statuses[place] == status)
                yield return place;
        }
    }

    public override string ToString() => string.Create(statuses.Length, statuses, static (text, items) =>
    {
        for (var i = 0; i < items.Length; i++)
            text[i] = NodeTableConverter.Letters[(int)items[i]];
    });
}

/// <summary>Stores a table as a letter per node.</summary>
internal sealed class NodeTableConverter : JsonConverter<NodeTable>
{
    // by the order of StepStatus; stored, so a letter never changes its meaning
    public const string Letters = "wrsCFXEKtx";

    public override NodeTable Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        NodeTable.Of([.. reader.GetString()!.Select(letter => (StepStatus)Letters.IndexOf(letter, StringComparison.Ordinal))]);

    public override void Write(Utf8JsonWriter writer, NodeTable value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
