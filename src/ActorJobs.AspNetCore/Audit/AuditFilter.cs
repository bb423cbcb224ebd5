namespace ActorJobs.AspNetCore;

/// <summary>Stands around a route that changes something for others, and writes down who used it, upon what, and what became of it.</summary>
internal sealed partial class AuditFilter(string action) : IEndpointFilter
{
    private const int MaxTarget = 200;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var services = context.RequestServices;
        var log = services.GetRequiredService<IAuditLog>();
        var (now, target) = (services.GetRequiredService<TimeProvider>().GetUtcNow(), TargetOf(context));
        var entry = new AuditEntry
        {
            Id = services.GetRequiredService<AuditIds>().Draw(now, target),
            At = now,
            Who = services.GetRequiredService<PageState>().Caller?.Name ?? "nobody",
            Action = action,
            Target = target,
        };
        var note = new AuditNote();
        context.Features.Set(note);
        await log.BeginAsync(entry, context.RequestAborted);
        try
        {
            var result = await next(invocation);
            await EndAsync(RefusalIn(result) is { } refusal
                ? entry with { Outcome = AuditOutcome.Refused, Problem = refusal }
                : entry with { Outcome = AuditOutcome.Done });
            return result;
        }
        catch (Exception exception)
        {
            await EndAsync(entry with { Outcome = AuditOutcome.Failed, Problem = exception.Message });
            throw;
        }

        // not by the request's token: what was done is written down whether or not the caller still waits
        async ValueTask EndAsync(AuditEntry ended)
        {
            try
            {
                await log.EndAsync(ended with { Reason = note.Reason, Details = note.Details }, CancellationToken.None);
            }
            catch (Exception exception)
            {
                // the action's own answer stands; the entry stays as one whose end nobody knows
                LogLost(services.GetRequiredService<ILogger<AuditFilter>>(), exception, action, entry.Id);
            }
        }
    }

    private static string? RefusalIn(object? result) => result switch
    {
        ApiProblem problem => problem.Detail,
        ProblemPageResult page => page.Problem.Detail,
        INestedHttpResult nested => RefusalIn(nested.Result),
        IStatusCodeHttpResult { StatusCode: >= 400 and var status } => Problems.Bare(status).Title,
        _ => null,
    };

    private static string? TargetOf(HttpContext context)
    {
        var target = (context.GetRouteValue("id") ?? context.GetRouteValue("name") ?? context.GetRouteValue("category")) as string;
        return target?.Length > MaxTarget ? target[..MaxTarget] : target;
    }

    [LoggerMessage(1, LogLevel.Error, "The end of {Action} is missing in the audit log (entry {Entry})")]
    private static partial void LogLost(ILogger logger, Exception exception, string action, string entry);
}
