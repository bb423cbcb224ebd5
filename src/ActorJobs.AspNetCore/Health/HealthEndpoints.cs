using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ActorJobs.AspNetCore;

/// <summary>
/// Whether the process lives, and whether it can take work. For everybody, so that a load balancer needs no key; so they say yes or no and no more.
/// </summary>
internal static class HealthEndpoints
{
    // some load balancers ask with HEAD
    private static readonly string[] Looks = [HttpMethods.Get, HttpMethods.Head];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this RouteGroupBuilder root)
    {
        root.MapMethods("/health/live", Looks, () => Answer("live", StatusCodes.Status200OK)).AllowEverybody().ExcludeFromDescription();
        root.MapMethods("/health/ready", Looks, ReadyAsync).AllowEverybody().ExcludeFromDescription();
        root.MapMethods("/health/ready/{role}", Looks, ReadyFor).AllowEverybody().ExcludeFromDescription();
    }

    /// <summary>Ready is a node that accepts work, whose engine answers in time, and whose host's own checks pass.</summary>
    private static async Task<IResult> ReadyAsync(
        NodeStatus node, IJobQueries queries, HealthCheckService checks, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!node.IsReady())
            return Answer("not accepting work", StatusCodes.Status503ServiceUnavailable);
        if (node.Health.Current is not null)
            return Answer("store away", StatusCodes.Status503ServiceUnavailable);
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await queries.StatsAsync(both.Token).AsTask().WaitAsync(both.Token);
            var report = await checks.CheckHealthAsync(both.Token);
            return report.Status == HealthStatus.Unhealthy ? Answer("unhealthy", StatusCodes.Status503ServiceUnavailable) : Answer("ready", StatusCodes.Status200OK);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // whatever keeps the engine from answering keeps the node from being ready
            return Answer("not ready", StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult ReadyFor(string role, RoleHealth health) =>
        !RoleHealth.Roles.Contains(role) ? Results.NotFound()
        : health.ProblemOf(role) is { } problem ? Answer(problem, StatusCodes.Status503ServiceUnavailable)
        : Answer("ready", StatusCodes.Status200OK);

    private static JsonBody<string> Answer(string status, int code) => new(
        status,
        static (writer, status) =>
        {
            writer.WriteStartObject();
            writer.WriteString("status"u8, status);
            writer.WriteEndObject();
        },
        code);
}
