using ActorJobs.Hocon.Composition;

namespace ActorJobs.Hocon.Resolution;

internal sealed partial class Resolver
{
    /// <summary>
    /// What each substitution found. Kept per occurrence, as the specification asks, so that every field that depends on one sees the same.
    /// An open cycle is not kept: seen from elsewhere it may be none.
    /// </summary>
    private readonly Dictionary<SubstitutionDefinition, Head> _found = [];

    /// <summary>The elements of each array literal, made once so that they are the same fields wherever the array appears.</summary>
    private readonly Dictionary<ArrayDefinition, Segment> _segments = [];

    private Head Evaluate(Definition definition) => definition switch
    {
        ScalarDefinition scalar => new Head.Scalar(scalar.Text),
        WhitespaceDefinition space => new Head.Scalar(space.Text),
        ObjectDefinition literal => new Head.Object([new(literal, null)]),
        ArrayDefinition literal => new Head.Array([Elements(literal)]),
        SubstitutionDefinition substitution when _found.TryGetValue(substitution, out var found) => found,
        SubstitutionDefinition substitution => While(substitution, () => Substitute(substitution)),
        ConcatenationDefinition concatenation => While(concatenation, () => Concatenate(concatenation)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private Head While(Definition definition, Func<Head> evaluate)
    {
        if (_evaluating.Count == HoconLimits.Chain)
            throw new HoconException($"more than {HoconLimits.Chain} substitutions need each other one after the other", definition.Position);
        _evaluating.Add(definition);
        var head = evaluate();
        _evaluating.RemoveAt(_evaluating.Count - 1);
        return head;
    }

    private Head Substitute(SubstitutionDefinition substitution)
    {
        Head.Cyclic? cycle = null;
        foreach (var path in substitution.Candidates)
        {
            if (Find(path.Keys) is not { } target)
                continue;
            var head = HeadOf(target);
            cycle ??= head as Head.Cyclic;
            if (head is not (Head.Undefined or Head.Cyclic))
                return _found[substitution] = Brought(head, substitution, target);
        }

        if (_environment(substitution.Path.ToString()) is { } text)
            return _found[substitution] = new Head.Scalar(text);
        if (cycle is not null)
            return substitution.IsOptional ? Head.Undefined.Instance : new Head.Cyclic(cycle.Error ?? Cycle(substitution));
        return substitution.IsOptional
            ? _found[substitution] = Head.Undefined.Instance
            : throw new HoconException($"{substitution} has no value, neither here nor in the environment", substitution.Position);
    }

    private HoconException Cycle(SubstitutionDefinition substitution)
    {
        var chain = _evaluating.OfType<SubstitutionDefinition>().Append(substitution).Distinct();
        return new($"{substitution} is part of a cycle: {string.Join(" -> ", chain)} -> itself", substitution.Position);
    }

    private Head Brought(Head head, SubstitutionDefinition substitution, Field target)
    {
        switch (head)
        {
            case Head.Object part:
                _budget.Spend(part.Layers.Count, substitution.Position);
                return new Head.Object([.. part.Layers.Select(layer => layer with { Origin = new(substitution, target, layer.Origin) })]);
            case Head.Array part:
                _budget.Spend(part.Segments.Count, substitution.Position);
                return new Head.Array([.. part.Segments.Select(segment => segment with { Origin = new(substitution, target, segment.Origin) })]);
            default:
                return head;
        }
    }

    /// <summary>All <c>+=</c> of a field that follow each other, on top of the array that was there before; without recursion, for there may be many.</summary>
    private Head.Array Append(Field field, int index)
    {
        var added = new List<Field>();
        var position = field.Definitions[index].Position;
        for (; index >= 0 && field.Definitions[index] is AppendDefinition append; index--)
            added.Add(new([append.Element]));
        added.Reverse();
        _budget.Spend(added.Count, position);
        var before = HeadOf(field, index) is var head and not Head.Cyclic ? head : Head.Undefined.Instance;
        return new Head.Array([.. SegmentsOf(before, position), new(added, null)]);
    }

    private Segment Elements(ArrayDefinition literal)
    {
        if (!_segments.TryGetValue(literal, out var segment))
            _segments[literal] = segment = new([.. literal.Elements.Select(element => new Field([element]))], null);
        return segment;
    }
}
