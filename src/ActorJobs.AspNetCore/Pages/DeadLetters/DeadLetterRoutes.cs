using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ActorJobs.AspNetCore.Pages.DeadLetters;

/// <summary>The pages of dead letters: the groups, one group with what would be done to it, and its forms.</summary>
internal static class DeadLetterRoutes
{
    public static void MapDeadLetterPages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/dead", ListAsync);
        pages.MapGet("/dead/{signature}", ShowAsync);
        pages.MapPost("/dead/{signature}/retry", RetryAsync).Audit("jobs.bulk");
        pages.MapPost("/dead/{signature}/dismiss", DismissAsync).Audit("jobs.bulk");
        pages.MapPost("/dead/actions/{id}/undo", UndoAsync).Audit("jobs.undo");
    }

    private static async Task<IResult> ListAsync([AsParameters] DeadLetterQuery query, [FromServices] IDeadLetters letters, CancellationToken cancellationToken) =>
        new RazorComponentResult<DeadLettersPage>(new { Query = query, Groups = await letters.GroupAsync(query.Filter(), cancellationToken) });

    private static Task<IResult> ShowAsync(string signature, [AsParameters] DeadLetterQuery query, IBulkActions bulk, CancellationToken cancellationToken) =>
        PageAsync(signature, query, bulk, RetryDraft.Empty, new BulkRequest(BulkVerb.Retry, query.Filter(signature)), null, cancellationToken);

    // one form, two buttons: look first, then do it
    private static async Task<IResult> RetryAsync(string signature, [AsParameters] DeadLetterQuery query, HttpContext context, IBulkActions bulk, PageState page)
    {
        var form = context.Request.Form;
        var draft = RetryDraft.Of(form);
        var (request, problem) = draft.Read(query.Filter(signature));
        return problem is not null || form["do"] == "preview"
            ? await PageAsync(signature, query, bulk, draft, problem is null ? request : new BulkRequest(BulkVerb.Retry, query.Filter(signature)), problem, context.RequestAborted)
            : await StartAsync(request, context, bulk, page);
    }

    private static Task<IResult> DismissAsync(string signature, [AsParameters] DeadLetterQuery query, HttpContext context, IBulkActions bulk, PageState page) =>
        StartAsync(new BulkRequest(BulkVerb.Dismiss, query.Filter(signature), ReasonOf(context)), context, bulk, page);

    private static async Task<IResult> UndoAsync(string id, HttpContext context, IBulkActions bulk, PageState page)
    {
        var reason = ReasonOf(context);
        var result = await bulk.UndoAsync(new JobId(id), reason, context.RequestAborted);
        AuditNote.Add(context, reason, BulkWords.Of(result, isDryRun: false));
        return Problems.Of(result, id) is { } problem
            ? new ProblemPageResult(problem)
            : page.SeeOther($"/jobs/{((SubmitResult.Accepted)((BulkUndoResult.Possible)result).Submitted!).Id}");
    }

    private static async Task<IResult> StartAsync(BulkRequest request, HttpContext context, IBulkActions bulk, PageState page)
    {
        var preview = await bulk.PreviewAsync(request, context.RequestAborted);
        AuditNote.Add(context, request.Reason, BulkWords.Of(request, preview, isDryRun: false));
        var result = await bulk.StartAsync(request, context.RequestAborted);
        if (result is not SubmitResult.Accepted accepted)
            return new ProblemPageResult(Problems.Of(result)!);
        AuditNote.Add(context, details: $"job {accepted.Id}: {BulkWords.Of(request, preview, isDryRun: false)}");
        return page.SeeOther($"/jobs/{accepted.Id}");
    }

    private static async Task<IResult> PageAsync(
        string signature, DeadLetterQuery query, IBulkActions bulk, RetryDraft draft, BulkRequest request, string? problem, CancellationToken cancellationToken) =>
        new RazorComponentResult<DeadGroupPage>(new
        {
            Signature = signature,
            Query = query,
            Draft = draft,
            Problem = problem,
            Preview = await bulk.PreviewAsync(request, cancellationToken),
        })
        { StatusCode = problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest };

    private static string? ReasonOf(HttpContext context) =>
        context.Request.Form["reason"].ToString() is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
}
