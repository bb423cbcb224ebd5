using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.AspNetCore.Pages.Jobs;

/// <summary>The page of one job, its live fragments and its buttons.</summary>
internal static class JobPageRoutes
{
    private const int MaxArgs = 1 << 20;

    public static void MapJobPage(this RouteGroupBuilder pages)
    {
        pages.MapGet("/jobs/{id}", ShowAsync);
        pages.MapGet("/_live/jobs/{id}", WatchAsync);
        pages.MapPost("/jobs/{id}/cancel", CancelAsync).Audit("job.cancel");
        pages.MapPost("/jobs/{id}/retry", RetryAsync).Audit("job.retry");
        pages.MapPost("/jobs/{id}/promote", PromoteAsync).Audit("job.promote");
    }

    private static async Task<IResult> ShowAsync(string id, IJobClient jobs, IJobQueries queries, CancellationToken cancellationToken) =>
        JobId.IsValid(id) && await jobs.FindAsync(new JobId(id), cancellationToken) is { } job
            ? new RazorComponentResult<JobDetailPage>(new { Details = await JobDetails.ReadAsync(job, queries, cancellationToken) })
            : new ProblemPageResult(Problems.NoSuchJob(id));

    private static async Task<IResult> WatchAsync(string id, HttpContext context, IJobClient jobs, IJobQueries queries)
    {
        if (!JobId.IsValid(id) || await jobs.FindAsync(new JobId(id), context.RequestAborted) is not { } job)
            return Problems.NoSuchJob(id);
        // the page already shows the end; a 204 tells the browser not to come again
        if (job.State.IsTerminal())
            return Results.NoContent();
        return new LiveFragments<JobView>(
            cancellation => JobStream.ToTheEnd(jobs.WatchAsync(job.Id, cancellation)),
            async (view, cancellation) => Fragments(await JobDetails.ReadAsync(view, queries, cancellation)));
    }

    private static IReadOnlyList<LiveFragment> Fragments(JobDetails details) =>
    [
        LiveFragment.Of<JobActions>("job-actions", nameof(JobActions.Details), details),
        LiveFragment.Of<JobState>("job-status", nameof(JobState.Details), details),
        LiveFragment.Of<JobFacts>("job-facts", nameof(JobFacts.Job), details.Job),
        LiveFragment.Of<JobEdit>("job-edit", nameof(JobEdit.Details), details),
        LiveFragment.Of<JobResult>("job-result", nameof(JobResult.Job), details.Job),
        LiveFragment.Of<JobLog>("job-log", nameof(JobLog.Job), details.Job),
        LiveFragment.Of<JobAttempts>("job-attempts", nameof(JobAttempts.Job), details.Job),
        LiveFragment.Of<JobHistory>("job-history", nameof(JobHistory.Events), details.History),
    ];

    private static Task<IResult> CancelAsync(string id, HttpContext context, IJobClient jobs, PageState page)
    {
        var reason = NullIfEmpty(context.Request.Form["reason"]);
        AuditNote.Add(context, reason: reason);
        return RunAsync(id, page, job => jobs.CancelAsync(job, reason, context.RequestAborted));
    }

    private static Task<IResult> PromoteAsync(string id, HttpContext context, IJobClient jobs, PageState page) =>
        RunAsync(id, page, job => jobs.PromoteAsync(job, context.RequestAborted));

    private static async Task<IResult> RetryAsync(string id, HttpContext context, IJobClient jobs, IJobQueries queries, PageState page)
    {
        var draft = NullIfEmpty(context.Request.Form["args"]);
        if (!TryReadArgs(draft, out var args, out var problem))
        {
            return JobId.IsValid(id) && await jobs.FindAsync(new JobId(id), context.RequestAborted) is { } job
                ? new RazorComponentResult<JobDetailPage>(new
                {
                    Details = await JobDetails.ReadAsync(job, queries, context.RequestAborted),
                    Draft = draft,
                    DraftProblem = problem,
                })
                { StatusCode = StatusCodes.Status400BadRequest }
                : new ProblemPageResult(Problems.NoSuchJob(id));
        }

        AuditNote.Add(context, details: args is null ? null : "with other arguments");
        return await RunAsync(id, page, job => jobs.RetryAsync(job, args, context.RequestAborted));
    }

    private static async Task<IResult> RunAsync(string id, PageState page, Func<JobId, ValueTask<JobCommandResult>> command)
    {
        if (!JobId.IsValid(id))
            return new ProblemPageResult(Problems.NoSuchJob(id));
        return Problems.Of(await command(new JobId(id)), new JobId(id)) is { } problem
            ? new ProblemPageResult(problem)
            : page.SeeOther($"/jobs/{Uri.EscapeDataString(id)}");
    }

    private static bool TryReadArgs(string? draft, out RawJson? args, out string? problem)
    {
        (args, problem) = (null, null);
        try
        {
            if (draft?.Length > MaxArgs)
                problem = "The arguments are over 1 MB.";
            else if (draft is not null)
                args = Parse(draft);
        }
        catch (JsonException exception)
        {
            problem = $"This is no JSON: line {exception.LineNumber + 1}, character {exception.BytePositionInLine + 1}.";
        }

        return problem is null;
    }

    private static RawJson Parse(string draft)
    {
        using var document = JsonDocument.Parse(draft, new JsonDocumentOptions { MaxDepth = BodyReader.MaxDepth });
        return RawJson.From(document.RootElement);
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
