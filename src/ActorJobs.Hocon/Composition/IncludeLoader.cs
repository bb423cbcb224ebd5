using ActorJobs.Hocon.Files;
using ActorJobs.Hocon.Syntax;

namespace ActorJobs.Hocon.Composition;

/// <summary>
/// Finds and parses what an include names. Relative names start at the folder of the including file, with <c>file()</c> too, and never at the
/// working directory. A name without a known extension stands for the files with each of them.
/// </summary>
internal sealed class IncludeLoader(HoconFileReader reader)
{
    private int _count;

    public IReadOnlyList<IncludedFile> Load(IncludeSyntax include, Place place)
    {
        if (++_count > HoconLimits.Includes)
            throw new HoconException($"this configuration has more than {HoconLimits.Includes} includes", include.Position);
        var loaded = new List<IncludedFile>();
        foreach (var path in PathsOf(include, place.Scope.File))
        {
            if (place.Scope.Includes(path))
                throw new HoconException($"{path} includes itself, directly or through others", include.Position);
            if (Parse(path, include) is { } root)
                loaded.Add(new(root, place.Included(path)));
        }

        if (loaded.Count == 0 && include.IsRequired)
            throw new HoconException($"the required file '{include.Name}' is missing", include.Position);
        if (place.Scope.Depth > HoconLimits.Depth)
            throw new HoconException($"more than {HoconLimits.Depth} files include each other", include.Position);
        return loaded;
    }

    private static IEnumerable<string> PathsOf(IncludeSyntax include, string from)
    {
        if (include.Name.Contains('\0', StringComparison.Ordinal) || include.Name.Length == 0)
            throw new HoconException("an include needs the name of a file", include.Position);
        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(from) ?? "", include.Name));
        return HoconFileReader.Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)
            ? [path]
            : HoconFileReader.Extensions.Select(extension => path + extension);
    }

    private ObjectSyntax? Parse(string path, IncludeSyntax include) => reader.Parse(path, include.Position) switch
    {
        null => null,
        ObjectSyntax root => root,
        _ => throw new HoconException($"{path} holds an array; only an object can be included", include.Position),
    };
}

/// <summary>A file that was included, and where the composer stands in it.</summary>
internal sealed record IncludedFile(ObjectSyntax Root, Place Place);
