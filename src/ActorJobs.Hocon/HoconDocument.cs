using ActorJobs.Hocon.Composition;
using ActorJobs.Hocon.Files;
using ActorJobs.Hocon.Resolution;
using ActorJobs.Hocon.Syntax;

namespace ActorJobs.Hocon;

/// <summary>The whole way from a file to its values: parse, compose with what it includes, resolve.</summary>
internal static class HoconDocument
{
    /// <summary>Loads a file; null when there is none.</summary>
    /// <exception cref="HoconException">The file, or what it includes, is not valid.</exception>
    public static HoconObject? Load(string path, HoconFileReader reader, Func<string, string?> environment) => reader.Parse(path, null) switch
    {
        null => null,
        ObjectSyntax root => Resolver.Resolve(new Composer(reader).Compose(root, path), environment),
        var root => throw new HoconException("a configuration is an object, and this file holds an array", root.Position),
    };
}
