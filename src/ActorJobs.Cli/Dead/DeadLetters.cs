using System.CommandLine;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>Dead letters that are alike.</summary>
/// <param name="Group">Names the group for <c>dead retry --group</c>.</param>
/// <param name="Count">How many there are, among those looked at.</param>
/// <param name="Kinds">The kinds of the jobs.</param>
/// <param name="Type">The error's type.</param>
/// <param name="Message">What the messages have in common.</param>
/// <param name="Latest">When the latest of them ended.</param>
/// <param name="Example">One of the jobs.</param>
internal sealed record DeadGroup(string Group, int Count, IReadOnlyList<string> Kinds, string Type, string Message, DateTime? Latest, string Example);

/// <summary>Finds dead letters by what the command line says.</summary>
internal sealed class DeadLetters
{
    private readonly Option<string?> queue = new("--queue") { Description = "Only of this queue", HelpName = "NAME" };
    private readonly Option<string?> kind = new("--kind") { Description = "Only of this kind", HelpName = "KIND" };
    private readonly Option<string?> tenant = new("--tenant") { Description = "Only of this tenant", HelpName = "TENANT" };
    private readonly Option<int> scan = new("--scan") { Description = "Look at no more than the newest so many", HelpName = "N", DefaultValueFactory = _ => 10_000 };

    public static DeadLetters AddTo(Command command)
    {
        var letters = new DeadLetters();
        ImportCommand.InRange(letters.scan, 1, 1_000_000);
        foreach (var option in (Option[])[letters.queue, letters.kind, letters.tenant, letters.scan])
            command.Options.Add(option);
        return letters;
    }

    /// <summary>The letters with their signatures, newest first.</summary>
    public async IAsyncEnumerable<(Job Job, ErrorSignature Signature)> FindAsync(Scope scope)
    {
        var parse = scope.Parse;
        (string Name, string? Value)[] filters =
            [("state", "Discarded"), ("queue", parse.GetValue(queue)), ("kind", parse.GetValue(kind)), ("tenant", parse.GetValue(tenant)), ("limit", "1000")];
        var path = "jobs?" + string.Join('&', filters.Where(filter => filter.Value is not null).Select(filter => $"{filter.Name}={Uri.EscapeDataString(filter.Value!)}"));
        await foreach (var item in AllOption.ItemsAsync(scope.Node, new PaletteRequest(HttpMethod.Get, path, null), parse.GetValue(scan), scope.Cancellation))
            if (item.Deserialize(ContractJson.Default.Job) is { } job)
                yield return (job, ErrorSignature.Of(job.Error?.Type, job.Error?.Message));
    }
}
