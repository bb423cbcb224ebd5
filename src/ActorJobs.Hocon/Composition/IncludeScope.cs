using ActorJobs.Hocon.Syntax;

namespace ActorJobs.Hocon.Composition;

/// <summary>Which file is being composed, where in the tree it was included, and by which file that was.</summary>
/// <param name="File">The file.</param>
/// <param name="Prefix">Where its root stands in the whole tree; null inside an array, where no path leads.</param>
/// <param name="Parent">The including file; null for the first one.</param>
internal sealed record IncludeScope(string File, HoconPath? Prefix, IncludeScope? Parent)
{
    /// <summary>The roots against which a substitution of this file is looked up: its own, then those of the files around it.</summary>
    public IEnumerable<HoconPath> Prefixes => Files.Select(scope => scope.Prefix).OfType<HoconPath>().DistinctBy(prefix => prefix.Keys.Count);

    public int Depth => Files.Count();

    private IEnumerable<IncludeScope> Files
    {
        get
        {
            for (var scope = this; scope is not null; scope = scope.Parent)
                yield return scope;
        }
    }

    public bool Includes(string file) => Files.Any(scope => scope.File == file);
}
