using System.Globalization;
using ActorJobs.Hocon.Composition;

namespace ActorJobs.Hocon.Resolution;

/// <summary>Source: HOCON specification, "Value concatenation".</summary>
internal sealed partial class Resolver
{
    private Head Concatenate(ConcatenationDefinition concatenation)
    {
        var parts = new List<(Definition Definition, Head Head)>();
        foreach (var definition in concatenation.Parts)
        {
            var head = Evaluate(definition);
            if (head is Head.Cyclic)
                return head;
            if (head is not Head.Undefined)
                parts.Add((definition, head));
        }

        _budget.Spend(concatenation.Parts.Count, concatenation.Position);
        if (parts.TrueForAll(part => part.Head is Head.Scalar))
            return parts.Count == 0 ? Head.Undefined.Instance : JoinText(parts.Select(part => ((Head.Scalar)part.Head).Text ?? "null"), concatenation);

        parts.RemoveAll(part => part.Definition is WhitespaceDefinition);
        if (parts.Find(part => part.Head is Head.Scalar) is { Definition: not null } text)
            throw new HoconException("text cannot be joined with an object or an array", text.Definition.Position);
        return parts.TrueForAll(part => part.Head is Head.Object)
            ? new Head.Object([.. Enumerable.Reverse(parts).SelectMany(part => ((Head.Object)part.Head).Layers)])
            : new Head.Array([.. parts.SelectMany(part => SegmentsOf(part.Head, part.Definition.Position))]);
    }

    private Head.Scalar JoinText(IEnumerable<string> parts, ConcatenationDefinition concatenation)
    {
        var text = string.Concat(parts);
        _budget.Spend(text.Length / 16, concatenation.Position);
        return text.Length <= HoconLimits.TextLength
            ? new(text)
            : throw new HoconException($"this joins to more than {HoconLimits.TextLength} characters", concatenation.Position);
    }

    private IReadOnlyList<Segment> SegmentsOf(Head head, HoconPosition position) => head switch
    {
        Head.Undefined => [],
        Head.Array array => array.Segments,
        Head.Object { Layers: var layers } when NumberedElements(layers) is { Count: > 0 } elements => [new(elements, layers[0].Origin)],
        _ => throw new HoconException("only an array, or an object with numbers as keys, can be joined with an array", position),
    };

    /// <summary>Numbers as keys are indexes; gaps are closed and other keys left out. Source: "Conversion of numerically-indexed objects to arrays".</summary>
    private List<Field> NumberedElements(IReadOnlyList<Layer> layers)
    {
        var merged = new Field([.. layers.Reverse().Select(layer => layer.Object)]);
        return
        [
            .. layers.SelectMany(layer => layer.Object.Keys).Distinct()
                .Select(key => (Key: key, IsIndex: int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index), Index: index))
                .Where(candidate => candidate.IsIndex)
                .OrderBy(candidate => candidate.Index)
                .Select(candidate => Child(merged, candidate.Key))
                .OfType<Field>(),
        ];
    }
}
