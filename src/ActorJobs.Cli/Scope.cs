using System.CommandLine;

namespace ActorJobs.Cli;

/// <summary>One command while it runs: what was typed, where results go, and the node.</summary>
internal sealed class Scope(ParseResult parse, CliHost host, GlobalOptions globals, CancellationToken cancellation) : IDisposable
{
    private NodeApi? api;

    public ParseResult Parse => parse;

    public CliHost Host => host;

    public GlobalOptions Globals => globals;

    public CancellationToken Cancellation => cancellation;

    public Screen Screen { get; } = globals.ScreenOf(parse, host);

    /// <summary>How the node is reached; set before the first request by a command that has started a node itself.</summary>
    public ConnectionSettings Connection
    {
        get => field ??= globals.ConnectionOf(parse, host);
        set;
    }

    public NodeApi Node => api ??= new NodeApi(NodeHttp.Create(Connection, host), Connection, host.Time);

    /// <summary>Asks before something that cannot be undone. Where nobody can answer, <c>--yes</c> must be given.</summary>
    public bool Confirm(string question)
    {
        if (parse.GetValue(globals.Yes))
            return true;
        if (!host.InputIsTerminal)
            throw new UsageException($"{question} Give --yes to do it without being asked.");
        host.Error.Write($"{question} [y/N] ");
        return host.In.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }

    public void Dispose() => api?.Dispose();
}
