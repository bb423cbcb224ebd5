using System.CommandLine;
using System.CommandLine.Parsing;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>Which dead letters a command is about: a group, or all that match.</summary>
internal sealed class DeadSelection
{
    private readonly Option<string?> group = new("--group") { Description = "All of this group, as `dead groups` names it", HelpName = "GROUP" };
    private readonly Option<bool> all = new("--all") { Description = "All that match the filters" };
    private readonly Option<string?> queue = new("--queue") { Description = "Only of this queue", HelpName = "NAME" };
    private readonly Option<string?> kind = new("--kind") { Description = "Only of this kind", HelpName = "KIND" };
    private readonly Option<string?> tenant = new("--tenant") { Description = "Only of this tenant", HelpName = "TENANT" };
    private readonly Option<int?> limit = new("--limit") { Description = "No more than so many, the newest first: try a few", HelpName = "N" };
    private readonly Option<double?> sample = new("--sample") { Description = "Only this share of them, above 0 and up to 1", HelpName = "SHARE" };
    private readonly Option<string?> reason = new("--reason") { Description = "Kept in the audit log", HelpName = "TEXT" };
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Only say how many, and which first" };

    public static DeadSelection AddTo(Command command)
    {
        var selection = new DeadSelection();
        foreach (var option in (Option[])
                 [selection.group, selection.all, selection.queue, selection.kind, selection.tenant, selection.limit, selection.sample, selection.reason, selection.dryRun])
            command.Options.Add(option);
        return selection;
    }

    /// <summary>How many ways of naming them were used.</summary>
    public int Ways(CommandResult result) => (result.GetResult(group) is null ? 0 : 1) + (result.GetValue(all) ? 1 : 0);

    /// <summary>Whether only to look.</summary>
    public bool IsDryRun(ParseResult parse) => parse.GetValue(dryRun);

    /// <summary>The group that was named.</summary>
    public string? Group(ParseResult parse) => parse.GetValue(group);

    /// <summary>The action upon them.</summary>
    public BulkAction ActionOf(string verb, ParseResult parse) => new()
    {
        Action = verb,
        Filter = new BulkFilter("Discarded", parse.GetValue(queue), parse.GetValue(kind), null, parse.GetValue(tenant), parse.GetValue(group)),
        Limit = parse.GetValue(limit),
        Sample = parse.GetValue(sample),
        Reason = parse.GetValue(reason),
    };
}
