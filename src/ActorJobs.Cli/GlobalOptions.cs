using System.CommandLine;
using System.CommandLine.Parsing;

namespace ActorJobs.Cli;

/// <summary>The options every command has.</summary>
internal sealed class GlobalOptions
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    public Option<string?> Node { get; } = new("--node", "-n")
    {
        Description = $"The node's address (or {NodeAddress.Variable}; default {NodeAddress.Default})",
        HelpName = "URL",
        Recursive = true,
    };

    public Option<string?> Key { get; } = new("--key")
    {
        Description = $"The API key; others on this machine can see it while the command runs, so rather use {ApiKey.Variable} or --key-file",
        HelpName = "KEY",
        Recursive = true,
    };

    public Option<string?> KeyFile { get; } = new("--key-file")
    {
        Description = $"A file whose first line is the API key (or {ApiKey.FileVariable})",
        HelpName = "FILE",
        Recursive = true,
    };

    public Option<string?> Authority { get; } = new("--ca")
    {
        Description = "Trust the certificates in this PEM file instead of the system's",
        HelpName = "FILE",
        Recursive = true,
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Results as JSON, for scripts", Recursive = true };

    public Option<bool> NoColor { get; } = new("--no-color") { Description = "No colours (or NO_COLOR)", Recursive = true };

    public Option<bool> Yes { get; } = new("--yes", "-y") { Description = "Do not ask before doing what cannot be undone", Recursive = true };

    public Option<TimeSpan?> Timeout { get; } = Duration("--timeout", "How long an answer may take (default 30s)");

    public Option<TimeSpan?> Patience { get; } = Duration("--patience", "How long to wait for a node that says it is busy (default 30s; 0 for not at all)", zero: true);

    public IEnumerable<Option> All => [Node, Key, KeyFile, Authority, Json, NoColor, Yes, Timeout, Patience];

    /// <summary>Whether all that were given can be used; a value that is none must not be asked for.</summary>
    public bool AreValid(ParseResult parse) => All.All(option => parse.GetResult(option)?.Errors.Any() != true);

    public ConnectionSettings ConnectionOf(ParseResult parse, CliHost host)
    {
        var node = NodeAddress.Resolve(parse.GetValue(Node), host.Environment);
        var key = ApiKey.Resolve(parse.GetValue(Key), parse.GetValue(KeyFile), host.Environment, host.Error.WriteLine);
        if (key is not null && node.Scheme == Uri.UriSchemeHttp && !node.IsLoopback)
            host.Error.WriteLine($"warning: the API key goes to {node.Host} without encryption; use https.");
        return new ConnectionSettings(node, key, parse.GetValue(Authority), parse.GetValue(Timeout) ?? DefaultTimeout, parse.GetValue(Patience) ?? DefaultTimeout);
    }

    public Screen ScreenOf(ParseResult parse, CliHost host) =>
        new(host, parse.GetValue(Json), color: !parse.GetValue(NoColor) && string.IsNullOrEmpty(host.Environment("NO_COLOR")));

    /// <summary>An option that is a duration as people write it.</summary>
    public static Option<TimeSpan?> Duration(string name, string description, bool zero = false) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        Recursive = true,
        CustomParser = result => Read(result, zero),
    };

    private static TimeSpan? Read(ArgumentResult result, bool zero)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        // a timer takes at most 49 days; who waits longer has other troubles
        if (Durations.TryParse(text, out var duration) && duration.TotalDays <= 30 && (zero || duration > TimeSpan.Zero))
            return duration;
        result.AddError($"'{text}' is no such time; write 10s, 1h30m, PT10S or a number of seconds, up to 30d.");
        return null;
    }
}
