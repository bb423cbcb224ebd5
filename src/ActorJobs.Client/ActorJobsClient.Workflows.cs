using System.Net.Http.Json;

namespace ActorJobs.Client;

/// <content>Workflows.</content>
public sealed partial class ActorJobsClient
{
    /// <summary>Starts a workflow. The answer comes when it is durable.</summary>
    /// <param name="workflow">What to run.</param>
    /// <param name="idempotencyKey">Makes repeating the call harmless; in place of an id.</param>
    /// <param name="cancellationToken">Gives up waiting; the workflow may have been started.</param>
    public Task<WorkflowReceipt> StartWorkflowAsync(
        StartWorkflow workflow, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            HttpMethod.Post, "workflows", JsonContent.Create(workflow, ContractJson.Default.StartWorkflow), ContractJson.Default.WorkflowReceipt,
            cancellationToken, idempotencyKey);

    /// <summary>The workflow as it is now. Throws with status 404 when there is none.</summary>
    public Task<WorkflowState> GetWorkflowAsync(string id, CancellationToken cancellationToken = default) =>
        api.GetAsync(WorkflowPath(id), ContractJson.Default.WorkflowState, cancellationToken);

    /// <summary>A page of workflows, those under way first, without their nodes.</summary>
    public Task<WorkflowList> ListWorkflowsAsync(
        string? state = null, string? cursor = null, int? limit = null, CancellationToken cancellationToken = default)
    {
        (string Name, string? Value)[] set =
            [("state", state), ("cursor", cursor), ("limit", limit?.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        var query = string.Join('&', set.Where(item => item.Value is not null).Select(item => $"{item.Name}={Uri.EscapeDataString(item.Value!)}"));
        return api.GetAsync(query.Length == 0 ? "workflows" : "workflows?" + query, ContractJson.Default.WorkflowList, cancellationToken);
    }

    /// <summary>Stops the workflow and its jobs.</summary>
    public Task<WorkflowCommandReceipt> CancelWorkflowAsync(
        string id, string? reason = null, bool compensate = true, CancellationToken cancellationToken = default) =>
        api.PostAsync(
            WorkflowPath(id) + "/cancel", JsonContent.Create(new CancelWorkflow(reason, compensate), ContractJson.Default.CancelWorkflow),
            ContractJson.Default.WorkflowCommandReceipt, cancellationToken);

    /// <summary>Runs the failed jobs of a failed or cancelled workflow again, and goes on from there.</summary>
    public Task<WorkflowCommandReceipt> RetryWorkflowAsync(string id, CancellationToken cancellationToken = default) =>
        api.PostAsync(WorkflowPath(id) + "/retry", null, ContractJson.Default.WorkflowCommandReceipt, cancellationToken);

    /// <summary>Adds nodes to a running workflow.</summary>
    public Task<WorkflowCommandReceipt> AddToWorkflowAsync(
        string id, IReadOnlyList<WorkflowNode> jobs, CancellationToken cancellationToken = default) =>
        api.PostAsync(
            WorkflowPath(id) + "/jobs", JsonContent.Create(new AddToWorkflow(jobs), ContractJson.Default.AddToWorkflow),
            ContractJson.Default.WorkflowCommandReceipt, cancellationToken);

    private static string WorkflowPath(string id) => $"workflows/{Uri.EscapeDataString(id)}";
}
