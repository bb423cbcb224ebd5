using ActorJobs.Hocon.Composition;

namespace ActorJobs.Hocon.Resolution;

/// <summary>
/// A place in the final tree with all that was laid over each other there, oldest first. The resolver alone writes it: the fields below are
/// made as they are asked for, and kept, so that one place is one instance.
/// </summary>
internal sealed class Field(IReadOnlyList<Definition> definitions)
{
    public IReadOnlyList<Definition> Definitions { get; } = definitions;

    /// <summary>The fields below by key; null for a key that is known to be absent.</summary>
    public Dictionary<string, Field?> Children { get; } = new(StringComparer.Ordinal);

    public int Last => Definitions.Count - 1;
}
