using System.Net;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>What can only be checked from outside the node: that it is reached, by whom it takes the caller, and that the clocks agree.</summary>
internal static class OutsideChecks
{
    private static readonly TimeSpan SlowAnswer = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(2);

    /// <summary>Whether the node answers at all, and how long it takes.</summary>
    public static async Task<CheckItem> ReachAsync(Scope scope)
    {
        try
        {
            // the first request makes the connection; the second tells how long an answer takes
            using (await scope.Node.Http.GetAsync("health/live", scope.Cancellation))
            {
            }

            var began = scope.Host.Time.GetTimestamp();
            using var response = await scope.Node.Http.GetAsync("health/live", scope.Cancellation);
            var took = scope.Host.Time.GetElapsedTime(began);
            if (!response.IsSuccessStatusCode)
            {
                return new(
                    "reach", "failed", $"{scope.Node.Address} answers HTTP {(int)response.StatusCode} to /health/live.",
                    "Is this an ActorJobs node, and is the prefix in the address right?");
            }

            var said = $"{scope.Node.Address} answers in {Durations.Short(took)}{(scope.Node.Address.Scheme == "https" ? " over TLS" : "")}.";
            return took > SlowAnswer
                ? new("reach", "warning", said, "Look at the network between here and the node, and at the node's load.")
                : new("reach", "ok", said);
        }
        catch (Exception exception) when (Failure.Of(exception, scope.Node.Address) is { Code: ExitCode.Unreachable } failure)
        {
            return new("reach", "failed", failure.Message, "Start the node, or correct --node, --ca or the network between.");
        }
    }

    public static async Task<CheckItem> ReadyAsync(Scope scope)
    {
        // with patience of its own: 503 is the answer here, nothing to wait for
        using var http = NodeHttp.Create(scope.Connection with { Patience = TimeSpan.Zero }, scope.Host);
        using var response = await http.GetAsync("health/ready", scope.Cancellation);
        return response.StatusCode == HttpStatusCode.OK
            ? new("ready", "ok", "It accepts work.")
            : new("ready", "failed", "It accepts no work now.", "It starts, leaves, or its store is away; the store's check and the log say more.");
    }

    /// <summary>Key and role, version, and clock, out of what the node says of itself.</summary>
    public static IEnumerable<CheckItem> Look(NodeIdentity node, DateTimeOffset before, DateTimeOffset after)
    {
        yield return node.Caller.Role == "Viewer"
            ? new("role", "warning", $"You are {node.Caller.Name} with the role Viewer: you can look, and change nothing.", "Use a key with the role operator or admin.")
            : new("role", "ok", $"You are {node.Caller.Name} with the role {node.Caller.Role}.");
        yield return node.Version == CliVersion.Current
            ? new("version", "ok", $"Node and command line are {node.Version}.")
            : new("version", "warning", $"The node is {node.Version}, this is {CliVersion.Current}.", "Use the command line of the node's version; what only one of them knows does not work.");
        // the node's clock was read somewhere between the two instants here
        var ahead = node.Time > after ? node.Time - after : node.Time < before ? node.Time - before : TimeSpan.Zero;
        var said = $"The node's clock is {Durations.Short(ahead.Duration())} {(ahead < TimeSpan.Zero ? "behind" : "ahead of")} the one here.";
        yield return ahead.Duration() > ClockTolerance
            ? new("clock", "warning", said, "Run a time service (chrony, systemd-timesyncd) on both machines: schedules and expiries go by the node's clock.")
            : new("clock", "ok", ahead == TimeSpan.Zero ? "The clocks agree." : said);
    }
}
