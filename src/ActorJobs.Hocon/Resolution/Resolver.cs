using ActorJobs.Hocon.Composition;

namespace ActorJobs.Hocon.Resolution;

/// <summary>
/// Replaces substitutions by what they stand for. A substitution looks forward, at the final value of its path; where that would lead back to
/// the very definition being evaluated, the field is looked at as it was below that definition. Source: HOCON specification,
/// "Substitutions" and "Self-Referential Substitutions".
/// </summary>
/// <remarks>
/// Three parts: this one finds what a field is (its <see cref="Head"/>), <c>Resolver.Definitions</c> evaluates one definition, and
/// <c>Resolver.Values</c> turns heads into values, all the way down.
/// </remarks>
internal sealed partial class Resolver
{
    private readonly Field _root;
    private readonly Func<string, string?> _environment;
    private readonly StepBudget _budget = new();

    /// <summary>The definitions that are being evaluated, outermost first: a field that holds one is looked at only below it.</summary>
    private readonly List<Definition> _evaluating = [];

    private Resolver(ObjectDefinition root, Func<string, string?> environment)
    {
        _root = new([root]);
        _environment = environment;
    }

    /// <param name="root">The tree.</param>
    /// <param name="environment">Looks up what a substitution does not find in the tree; null for nothing.</param>
    public static HoconObject Resolve(ObjectDefinition root, Func<string, string?> environment) =>
        (HoconObject)new Resolver(root, environment).ValueOf(root);

    private Head HeadOf(Field field) => HeadOf(field, Visible(field));

    /// <summary>What a field is when only its definitions up to an index count.</summary>
    private Head HeadOf(Field field, int visible)
    {
        List<Layer>? layers = null;
        Head none = visible < field.Last ? new Head.Cyclic(null) : Head.Undefined.Instance;
        for (var index = visible; index >= 0; index--)
        {
            var definition = field.Definitions[index];
            _budget.Spend(1, definition.Position);
            switch (definition is AppendDefinition ? Append(field, index) : Evaluate(definition))
            {
                case Head.Undefined:
                    break;
                case Head.Cyclic cyclic:
                    none = cyclic;
                    break;
                case Head.Object part:
                    (layers ??= []).AddRange(part.Layers);
                    none = Head.Undefined.Instance;
                    break;
                case var value:
                    return layers is null ? value : new Head.Object(layers);
            }
        }

        // A cycle at the bottom stays one even under an object: what is below it would have had to be merged.
        return layers is null || none is Head.Cyclic ? none : new Head.Object(layers);
    }

    /// <summary>The field at a path; null when nothing is there.</summary>
    private Field? Find(IReadOnlyList<string> path)
    {
        Field? field = _root;
        for (var index = 0; field is not null && index < path.Count; index++)
            field = Child(field, path[index]);
        return field;
    }

    /// <summary>
    /// The field below another one. It looks no deeper than it must: once a key is set to plain text or an array, what lies under it does
    /// not matter, and is not evaluated.
    /// </summary>
    private Field? Child(Field field, string key)
    {
        var visible = Visible(field);
        var isWhole = visible == field.Last;
        if (isWhole && field.Children.TryGetValue(key, out var known))
            return known;

        var stack = new List<Definition>();
        for (var index = visible; index >= 0; index--)
        {
            var definition = field.Definitions[index];
            var head = definition is AppendDefinition ? new Head.Scalar(null) : Evaluate(definition);
            isWhole &= head is not Head.Cyclic;
            if (head is Head.Scalar or Head.Array || (head is Head.Object part && Collect(part.Layers, key, stack)))
                break;
        }

        stack.Reverse();
        var child = stack.Count == 0 ? null : new Field(stack);
        if (isWhole)
            field.Children[key] = child;
        return child;
    }

    /// <summary>Adds what the layers set a key to, latest first; true when it hides everything below.</summary>
    private bool Collect(IReadOnlyList<Layer> layers, string key, List<Definition> stack)
    {
        foreach (var layer in layers)
        {
            var definitions = layer.Object[key];
            _budget.Spend(1 + definitions.Count, layer.Object.Position);
            stack.AddRange(definitions.Reverse());
            if (definitions is [ScalarDefinition or ArrayDefinition, ..])
                return true;
        }

        return false;
    }

    /// <summary>The index of the latest definition that may be looked at now: the one below the earliest that is being evaluated.</summary>
    private int Visible(Field field)
    {
        if (_evaluating.Count == 0)
            return field.Last;
        for (var index = 0; index <= field.Last; index++)
        {
            if (field.Definitions[index] is SubstitutionDefinition or ConcatenationDefinition && _evaluating.Contains(field.Definitions[index]))
                return index - 1;
        }

        return field.Last;
    }
}
