namespace ActorJobs.Hocon.Syntax;

/// <summary>Where a value stands in the tree, as keys from the root.</summary>
internal sealed class HoconPath(IReadOnlyList<string> keys)
{
    public static HoconPath Root { get; } = new([]);

    public IReadOnlyList<string> Keys { get; } = keys;

    public HoconPath Append(HoconPath other) => new([.. Keys, .. other.Keys]);

    /// <summary>The keys with dots between, unquoted: the name under which the environment is asked.</summary>
    public override string ToString() => string.Join('.', Keys);
}
