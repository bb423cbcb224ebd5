using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ActorJobs.AspNetCore.Pages.Workflows;

/// <summary>The pages of workflows, their live fragments and their buttons.</summary>
internal static class WorkflowPageRoutes
{
    private const int PageSize = 50;
    private const int Big = 1000; // nodes; reading and drawing more takes a while

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BigPace = TimeSpan.FromSeconds(4);

    public static void MapWorkflowPages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/workflows", ListAsync);
        pages.MapGet("/_live/workflows", WatchList);
        pages.MapGet("/workflows/{id}", ShowAsync);
        pages.MapGet("/_live/workflows/{id}", WatchAsync);
        pages.MapPost("/workflows/{id}/cancel", CancelAsync).Audit("workflow.cancel");
        pages.MapPost("/workflows/{id}/retry", RetryAsync).Audit("workflow.retry");
    }

    private static async Task<IResult> ListAsync([FromServices] IWorkflowClient workflows, string? cursor, CancellationToken cancellationToken)
    {
        try
        {
            var after = string.IsNullOrEmpty(cursor) ? null : cursor;
            return new RazorComponentResult<WorkflowsPage>(new
            {
                Workflows = await workflows.ListAsync(null, after, PageSize, cancellationToken),
                IsFirst = after is null,
            });
        }
        catch (FormatException)
        {
            return new ProblemPageResult(Problems.Invalid("invalid-cursor", "This link to a page of the list is broken. Begin at the newest workflows."));
        }
    }

    private static LiveFragments<WorkflowPage> WatchList([FromServices] IWorkflowClient workflows, [FromServices] TimeProvider time) => new(
        cancellation => PagesAsync(workflows, time, cancellation),
        (page, _) => ValueTask.FromResult<IReadOnlyList<LiveFragment>>([LiveFragment.Of<WorkflowTable>("workflows", nameof(WorkflowTable.Page), page)]));

    private static async Task<IResult> ShowAsync(string id, [FromServices] IWorkflowClient workflows, CancellationToken cancellationToken) =>
        await workflows.FindAsync(id, cancellationToken) is { } workflow
            ? new RazorComponentResult<WorkflowDetailPage>(new { Workflow = workflow })
            : new ProblemPageResult(Problems.NoSuchWorkflow(id));

    private static async Task<IResult> WatchAsync(string id, HttpContext context, [FromServices] IWorkflowClient workflows, [FromServices] TimeProvider time)
    {
        if (await workflows.FindAsync(id, context.RequestAborted) is not { } workflow)
            return Problems.NoSuchWorkflow(id);
        // the page already shows the end; a 204 tells the browser not to come again
        return workflow.State.IsTerminal() ? Results.NoContent() : new LiveFragments<WorkflowView>(
            cancellation => ViewsAsync(id, workflows, time, cancellation),
            (view, _) => ValueTask.FromResult<IReadOnlyList<LiveFragment>>(
            [
                LiveFragment.Of<WorkflowActions>("workflow-actions", nameof(WorkflowActions.Workflow), view),
                LiveFragment.Of<WorkflowFacts>("workflow-facts", nameof(WorkflowFacts.Workflow), view),
                LiveFragment.Of<WorkflowGraph>("workflow-graph", nameof(WorkflowGraph.Workflow), view),
                LiveFragment.Of<WorkflowNodes>("workflow-nodes", nameof(WorkflowNodes.Workflow), view),
            ]));
    }

    private static async Task<IResult> CancelAsync(string id, HttpContext context, [FromServices] IWorkflowClient workflows, PageState page)
    {
        var reason = context.Request.Form["reason"].ToString();
        return Answer(id, page, await workflows.CancelAsync(id, string.IsNullOrWhiteSpace(reason) ? null : reason, cancellationToken: context.RequestAborted));
    }

    private static async Task<IResult> RetryAsync(string id, HttpContext context, [FromServices] IWorkflowClient workflows, PageState page) =>
        Answer(id, page, await workflows.RetryAsync(id, context.RequestAborted));

    private static IResult Answer(string id, PageState page, WorkflowCommandResult result) =>
        Problems.Of(result, id) is { } problem ? new ProblemPageResult(problem) : page.SeeOther($"/workflows/{Uri.EscapeDataString(id)}");

    private static async IAsyncEnumerable<WorkflowView> ViewsAsync(
        string id, IWorkflowClient workflows, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await workflows.FindAsync(id, cancellationToken) is { } view)
        {
            yield return view;
            if (view.State.IsTerminal())
                yield break;
            await Task.Delay(view.Nodes.Count > Big ? BigPace : Pace, time, cancellationToken);
        }
    }

    private static async IAsyncEnumerable<WorkflowPage> PagesAsync(
        IWorkflowClient workflows, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            yield return await workflows.ListAsync(null, null, PageSize, cancellationToken);
            await Task.Delay(BigPace, time, cancellationToken);
        }
    }
}
