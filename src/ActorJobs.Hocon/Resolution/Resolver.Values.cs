using ActorJobs.Hocon.Composition;

namespace ActorJobs.Hocon.Resolution;

internal sealed partial class Resolver
{
    /// <summary>The fields whose values are being put together, outermost first. To need the value of one of them is a cycle without end.</summary>
    private readonly HashSet<Field> _open = [];

    private HoconValue ValueOf(ObjectDefinition root) => ValueOf(_root, root.Position, 0)!;

    /// <summary>The value of a field with everything in it; null when the field is not to be created.</summary>
    private HoconValue? ValueOf(Field field, HoconPosition position, int depth)
    {
        _budget.Spend(1, position);
        if (depth > HoconLimits.Depth)
            throw new HoconException($"the value is more than {HoconLimits.Depth} levels deep", position);

        var head = HeadOf(field);
        while (EndlessLink(head) is { } link)
        {
            // Each turn drops one optional substitution for good, so that there are no more turns than substitutions.
            _found[link] = Head.Undefined.Instance;
            field.Children.Clear();
            head = HeadOf(field);
        }

        if (head is not (Head.Object or Head.Array))
            return SimpleValueOf(head, position) is { } simple ? simple with { Position = PlaceOf(field, position) } : null;
        _open.Add(field);
        HoconValue value = head is Head.Object part ? ObjectOf(field, part, depth) : ArrayOf((Head.Array)head, position, depth);
        _open.Remove(field);
        return value with { Position = position };
    }

    /// <summary>Where a plain value was written: optional substitutions over it that found nothing are passed over.</summary>
    private HoconPosition PlaceOf(Field field, HoconPosition otherwise)
    {
        for (var index = field.Last; index >= 0; index--)
        {
            var definition = field.Definitions[index];
            _budget.Spend(1, definition.Position);
            if (definition is ScalarDefinition || (definition is not AppendDefinition && Evaluate(definition) is Head.Scalar))
                return definition.Position;
        }

        return otherwise;
    }

    private static HoconScalar? SimpleValueOf(Head head, HoconPosition position) => head switch
    {
        Head.Scalar scalar => new(scalar.Text),
        Head.Cyclic cyclic => throw cyclic.Error ?? new HoconException("this field needs its own value", position),
        _ => null,
    };

    private HoconObject ObjectOf(Field field, Head.Object head, int depth)
    {
        var fields = new List<KeyValuePair<string, HoconValue>>();
        foreach (var key in head.Layers.Reverse().SelectMany(layer => layer.Object.Keys).Distinct())
        {
            if (Child(field, key) is { } child && ValueOf(child, child.Definitions[^1].Position, depth + 1) is { } value)
                fields.Add(new(key, value));
        }

        return new(fields);
    }

    private HoconArray ArrayOf(Head.Array head, HoconPosition position, int depth)
    {
        var elements = new List<HoconValue>();
        foreach (var element in head.Segments.SelectMany(segment => segment.Elements))
        {
            if (ValueOf(element, position, depth + 1) is { } value)
                elements.Add(value);
        }

        return new(elements);
    }

    /// <summary>
    /// An optional substitution that would put a value inside itself, and so counts as not found; null when there is none. Without an optional
    /// one on the way, it is an error.
    /// </summary>
    private SubstitutionDefinition? EndlessLink(Head head)
    {
        IEnumerable<Origin?> origins = head switch
        {
            Head.Object part => part.Layers.Select(layer => layer.Origin),
            Head.Array part => part.Segments.Select(segment => segment.Origin),
            _ => [],
        };
        return origins.Select(EndlessLink).FirstOrDefault(link => link is not null);
    }

    private SubstitutionDefinition? EndlessLink(Origin? origin)
    {
        var way = new List<SubstitutionDefinition>();
        for (; origin is not null; origin = origin.Via)
        {
            way.Add(origin.Substitution);
            _budget.Spend(1, origin.Substitution.Position);
            if (!_open.Contains(origin.Target))
                continue;
            foreach (var substitution in way)
                _found.Remove(substitution);
            return way.FindLast(substitution => substitution.IsOptional)
                ?? throw new HoconException($"{way[0]} stands within the value that it refers to: {string.Join(" -> ", way)} -> itself", way[0].Position);
        }

        return null;
    }
}
