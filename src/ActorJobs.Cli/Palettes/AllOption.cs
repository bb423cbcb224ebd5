using System.CommandLine;
using System.Text.Json;

namespace ActorJobs.Cli;

/// <summary><c>--all</c>: every page of a list, up to a bound. With <c>--json</c> an item a line, as it comes.</summary>
internal static class AllOption
{
    private const int MaxItems = 100_000;

    public static Option<bool> AddTo(Command command)
    {
        var option = new Option<bool>("--all") { Description = "All pages, up to 100 000 items; with --json one item a line" };
        command.Options.Add(option);
        return option;
    }

    public static async Task<int> ShowAsync(Scope scope, PaletteRequest request, IReadOnlyList<string> columns)
    {
        var items = new List<JsonElement>();
        var seen = 0;
        await foreach (var item in ItemsAsync(scope.Node, request, MaxItems, scope.Cancellation))
        {
            seen++;
            if (scope.Screen.IsJson)
                scope.Screen.WriteJson(item);
            else
                items.Add(item);
        }

        if (!scope.Screen.IsJson)
            scope.Screen.Show(Grid.Of(items, columns));
        if (seen == MaxItems)
            scope.Screen.Note($"These are the first {MaxItems}; narrow the list down by its filters.");
        return ExitCode.Ok;
    }

    /// <summary>The items of all pages, at most <paramref name="max"/>.</summary>
    public static async IAsyncEnumerable<JsonElement> ItemsAsync(
        NodeApi node, PaletteRequest request, int max, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var left = max; left > 0;)
        {
            var page = await request.SendAsync(node, cancellationToken);
            foreach (var item in (AnswerView.ItemsOf(page) ?? []).Take(left))
            {
                left--;
                yield return item;
            }

            if (Grid.At(page, "next") is not { ValueKind: JsonValueKind.String } next)
                yield break;
            request = request.At(next.GetString()!);
        }
    }
}
