namespace ActorJobs.AspNetCore.Pages.Audit;

/// <summary>The page of what operators did.</summary>
internal static class AuditPageRoutes
{
    private const int PageSize = 50;

    public static void MapAuditPage(this RouteGroupBuilder pages) => pages.MapGet("/audit", ShowAsync).RequireRole(AccessRole.Operator);

    private static async Task<IResult> ShowAsync(IAuditLog log, CancellationToken cancellationToken, string? cursor = null)
    {
        var before = string.IsNullOrEmpty(cursor) ? null : cursor;
        try
        {
            return new Microsoft.AspNetCore.Http.HttpResults.RazorComponentResult<AuditLogPage>(new
            {
                Log = await log.ListAsync(before, PageSize, cancellationToken),
                IsFirst = before is null,
            });
        }
        catch (FormatException)
        {
            return new ProblemPageResult(Problems.Invalid("invalid-cursor", "This link to a page of the log is broken. Begin at the newest entries."));
        }
    }
}
