namespace ActorJobs.Hocon.Composition;

/// <summary>An object literal: for each key all that it was set to, oldest first. Written by the composer, read afterwards.</summary>
internal sealed class ObjectDefinition(HoconPosition position) : Definition(position)
{
    private readonly OrderedDictionary<string, List<Definition>> _fields = new(StringComparer.Ordinal);

    public IEnumerable<string> Keys => _fields.Keys;

    /// <summary>What a key was set to; empty when it was not.</summary>
    public IReadOnlyList<Definition> this[string key] => _fields.TryGetValue(key, out var stack) ? stack : [];

    public void Set(string key, Definition definition)
    {
        var stack = Stack(key);
        // Nothing below plain text or an array can show through again, and no cycle can be broken by going back behind it.
        if (definition is ScalarDefinition or ArrayDefinition)
            stack.Clear();
        stack.Add(definition);
    }

    /// <summary>The object literal on top of a key, new if there is none: two that meet are merged at once.</summary>
    public ObjectDefinition Open(string key, HoconPosition position)
    {
        var stack = Stack(key);
        if (stack is [.., ObjectDefinition top])
            return top;
        var opened = new ObjectDefinition(position);
        stack.Add(opened);
        return opened;
    }

    private List<Definition> Stack(string key)
    {
        if (!_fields.TryGetValue(key, out var stack))
            _fields[key] = stack = [];
        return stack;
    }
}
