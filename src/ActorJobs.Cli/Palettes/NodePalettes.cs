using System.CommandLine;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>What a node offers, as it says itself.</summary>
internal static class NodePalettes
{
    private const string Path = "palettes";

    // words of a person at a keyboard wait for this; a node that is slower is used without its own commands
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static async Task<PaletteList> FetchAsync(NodeApi node, CancellationToken cancellationToken) =>
        (await node.GetAsync(Path, cancellationToken)).Deserialize(ContractJson.Default.PaletteList) ?? throw new JsonException("The list of palettes is null.");

    /// <summary>The standard palettes with those commands of the node's beside them that are not of them; null when the node adds nothing or cannot be asked.</summary>
    public static async Task<IReadOnlyList<Palette>?> AddedAsync(CommandLineApp app, ParseResult parse, CancellationToken cancellationToken)
    {
        try
        {
            var settings = app.Globals.ConnectionOf(parse, app.Host) with { Timeout = Patience, Patience = TimeSpan.Zero };
            using var node = new NodeApi(NodeHttp.Create(settings, app.Host), settings, app.Host.Time);
            var offered = await FetchAsync(node, cancellationToken);
            var merged = Merge(StandardPalettes.All, offered.Items);
            return merged.Sum(palette => palette.Commands.Count) > StandardPalettes.All.Sum(palette => palette.Commands.Count) ? merged : null;
        }
        catch (Exception exception) when (Failure.Of(exception, new Uri(NodeAddress.Default)) is not null)
        {
            // what is wrong with the words themselves is told instead
            return null;
        }
    }

    /// <summary>All commands of both; where both have one, the first form counts.</summary>
    public static IReadOnlyList<Palette> Merge(IEnumerable<Palette> known, IEnumerable<Palette> offered) =>
    [
        .. known.Concat(offered.Where(palette => IsWord(palette.Name))).GroupBy(palette => palette.Name)
            .Select(same => same.First() with
            {
                Commands = [.. same.SelectMany(palette => palette.Commands).Where(command => IsWord(command.Name)).DistinctBy(command => command.Name)],
            }),
    ];

    // a name with spaces or a leading hyphen could not be typed, and the parser would not take it
    private static bool IsWord(string name) => name.Length is > 0 and <= 40 && name[0] != '-' && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
}
