using System.Text.RegularExpressions;
using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary>What this node offers on the command line: of the standard palettes what it has routes for, and what its modules add.</summary>
internal static partial class PaletteDirectory
{
    private const string Root = "/api/v1/";

    public static IReadOnlyList<Palette> Of(IEnumerable<Endpoint> endpoints)
    {
        var routes = endpoints.OfType<RouteEndpoint>().SelectMany(RoutesOf).ToArray();
        var mapped = routes.Select(route => route.Shape).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var standard = StandardPalettes.All
            .Select(palette => palette with { Commands = [.. palette.Commands.Where(command => mapped.Contains(ShapeOf(command.Method, command.Path)))] })
            .Where(palette => palette.Commands.Count > 0);
        var added = routes
            .SelectMany(route => route.Endpoint.Metadata.OfType<PaletteMetadata>().Select(metadata => (metadata.Palette, Command: CommandOf(route, metadata))))
            .GroupBy(added => added.Palette, added => added.Command)
            .Select(group => new Palette(group.Key, $"Commands of this node: {group.Key}", [.. group]));
        return [.. standard.Concat(added).GroupBy(palette => palette.Name).Select(Merge).OrderBy(palette => palette.Name, StringComparer.Ordinal)];
    }

    private static Palette Merge(IGrouping<string, Palette> same) =>
        same.First() with { Commands = [.. same.SelectMany(palette => palette.Commands).DistinctBy(command => command.Name)] };

    private static IEnumerable<Route> RoutesOf(RouteEndpoint endpoint)
    {
        var pattern = endpoint.RoutePattern.RawText ?? "";
        var at = pattern.IndexOf(Root, StringComparison.Ordinal);
        if (at < 0)
            return [];
        var path = pattern[(at + Root.Length)..].Trim('/');
        return (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Select(method => new Route(endpoint, method, path));
    }

    private static PaletteCommand CommandOf(Route route, PaletteMetadata metadata) => new(metadata.Name, metadata.Summary, route.Method, Plain(route.Path))
    {
        Parameters =
        [
            .. route.Endpoint.RoutePattern.Parameters
                .Where(parameter => metadata.Parameters.All(known => known.Name != parameter.Name))
                .Select(parameter => new PaletteParameter(parameter.Name, "path") { Required = true }),
            .. metadata.Parameters,
        ],
    };

    // {id:long} and {**path} take what {id} and {path} take, as far as a command line is concerned
    private static string Plain(string path) => Parameter().Replace(path, match => $"{{{match.Groups["name"].Value}}}");

    /// <summary>A route without the names of its parameters: two that differ in these are the same.</summary>
    private static string ShapeOf(string method, string path) => $"{method} {Parameter().Replace(path, "{}")}";

    [GeneratedRegex(@"\{\*{0,2}(?<name>[^}:?=]+)[^}]*\}")]
    private static partial Regex Parameter();

    private readonly record struct Route(RouteEndpoint Endpoint, string Method, string Path)
    {
        public string Shape => ShapeOf(Method, Path);
    }
}
