using ActorJobs.Hocon.Syntax;

namespace ActorJobs.Hocon.Composition;

/// <summary>Where the composer stands.</summary>
/// <param name="Scope">In which file.</param>
/// <param name="Path">In which object; null inside an array, where no path leads.</param>
/// <param name="Depth">How deep in the whole tree, the keys of paths and arrays counted.</param>
internal readonly record struct Place(IncludeScope Scope, HoconPath? Path, int Depth)
{
    public Place Under(HoconPath path) => new(Scope, Path?.Append(path), Depth + path.Keys.Count);

    public Place InArray() => new(Scope, null, Depth + 1);

    public Place Included(string file) => this with { Scope = new(file, Path, Scope) };
}
