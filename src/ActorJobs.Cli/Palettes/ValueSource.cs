using System.CommandLine;
using System.CommandLine.Completions;
using System.Text.Json;

namespace ActorJobs.Cli;

/// <summary>Completes values by asking the node for what there is: queues, pools, jobs.</summary>
internal static class ValueSource
{
    private const int MaxItems = 200;

    // a key press waits for this
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <param name="app">The command line.</param>
    /// <param name="parse">What was typed so far; null without a node.</param>
    /// <param name="source">A path, a colon and a field, for instance <c>queues:name</c>.</param>
    public static IEnumerable<CompletionItem> Complete(CommandLineApp app, ParseResult? parse, string source)
    {
        if (parse is null || !app.Globals.AreValid(parse) || source.LastIndexOf(':') is not (> 0 and var colon))
            return [];
        try
        {
            // no way around waiting here: completion is asked for synchronously
            return Task.Run(() => ValuesAsync(app, parse, source[..colon], source[(colon + 1)..])).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is JsonException || Failure.Of(exception, new Uri(NodeAddress.Default)) is not null)
        {
            // a key press is no place for complaints
            return [];
        }
    }

    private static async Task<IReadOnlyList<CompletionItem>> ValuesAsync(CommandLineApp app, ParseResult parse, string path, string field)
    {
        var settings = app.Globals.ConnectionOf(parse, app.Host with { Error = TextWriter.Null }) with { Timeout = Patience, Patience = TimeSpan.Zero };
        using var node = new NodeApi(NodeHttp.Create(settings, app.Host), settings, app.Host.Time);
        var answer = await node.GetAsync(path, CancellationToken.None);
        return
        [
            .. (AnswerView.ItemsOf(answer) ?? []).Select(item => Grid.At(item, field)).OfType<JsonElement>().Select(CellText.Of)
                .Where(value => value.Length > 0).Distinct().Take(MaxItems).Select(value => new CompletionItem(value)),
        ];
    }
}
