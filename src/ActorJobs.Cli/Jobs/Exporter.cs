using System.Text.Json;

namespace ActorJobs.Cli;

/// <summary>Writes the jobs of a node as lines.</summary>
/// <param name="scope">The command.</param>
/// <param name="query">What is asked of each page beside the state.</param>
/// <param name="output">Where lines go.</param>
internal sealed class Exporter(Scope scope, string query, TextWriter output)
{
    private const int Page = 200;

    private readonly HashSet<string> queues = [];
    private long written;

    /// <summary>Jobs of workflows that have not ended, and are left out: they would run without the others.</summary>
    public long OfWorkflows { get; private set; }

    public async Task WriteAsync(string state)
    {
        for (string? cursor = null; ;)
        {
            var page = await scope.Node.GetAsync($"exports?state={state}&limit={Page}&{query}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", scope.Cancellation);
            foreach (var job in AnswerView.ItemsOf(page) ?? [])
                Write(job);
            if (Grid.At(page, "next") is not { ValueKind: JsonValueKind.String } next)
                return;
            cursor = next.GetString();
        }
    }

    /// <summary>Says what was written, and what to look out for.</summary>
    public async Task TellAsync()
    {
        await output.FlushAsync(scope.Cancellation);
        scope.Screen.Note($"{written} jobs were written.");
        if (OfWorkflows > 0)
            scope.Screen.Note($"{OfWorkflows} jobs of workflows were left out: let the workflows end, or start them anew elsewhere.");
        if (queues.Count == 0)
            return;
        var live = (AnswerView.ItemsOf(await scope.Node.GetAsync("queues", scope.Cancellation)) ?? [])
            .Where(queue => Grid.At(queue, "paused") is { ValueKind: JsonValueKind.False })
            .Select(queue => CellText.Of(Grid.At(queue, "name") ?? default)).Where(queues.Contains).ToArray();
        if (live.Length > 0)
            scope.Screen.Note(SafeText.Line($"Not paused: {string.Join(", ", live)}. What was written can run here all the same; pause a queue before its jobs are taken elsewhere."));
    }

    private void Write(JsonElement job)
    {
        var isLive = !ExportCommand.IsEnded(Grid.At(job, "was.state")?.GetString() ?? "");
        if (isLive && Grid.At(job, "was.workflowId") is { ValueKind: JsonValueKind.String })
        {
            OfWorkflows++;
            return;
        }

        if (isLive)
            queues.Add(Grid.At(job, "queue")?.GetString() ?? "");
        output.WriteLine(job.GetRawText());
        written++;
    }
}
