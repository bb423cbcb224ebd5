using System.Net.Http.Json;

namespace ActorJobs.Client;

/// <content>Queues, pools, counters and nodes.</content>
public sealed partial class ActorJobsClient
{
    /// <summary>The queues that hold jobs, are configured or were steered.</summary>
    public Task<QueueList> ListQueuesAsync(CancellationToken cancellationToken = default) =>
        api.GetAsync("queues", ContractJson.Default.QueueList, cancellationToken);

    /// <summary>One queue. Throws with status 404 when it was never heard of.</summary>
    public Task<QueueState> GetQueueAsync(string name, CancellationToken cancellationToken = default) =>
        api.GetAsync(QueuePath(name), ContractJson.Default.QueueState, cancellationToken);

    /// <summary>Jobs are accepted, none starts.</summary>
    public Task<QueueState> PauseQueueAsync(string name, CancellationToken cancellationToken = default) =>
        api.PostAsync($"{QueuePath(name)}/pause", null, ContractJson.Default.QueueState, cancellationToken);

    /// <summary>Ends pausing and draining.</summary>
    public Task<QueueState> ResumeQueueAsync(string name, CancellationToken cancellationToken = default) =>
        api.PostAsync($"{QueuePath(name)}/resume", null, ContractJson.Default.QueueState, cancellationToken);

    /// <summary>Jobs start, none is accepted.</summary>
    public Task<QueueState> DrainQueueAsync(string name, CancellationToken cancellationToken = default) =>
        api.PostAsync($"{QueuePath(name)}/drain", null, ContractJson.Default.QueueState, cancellationToken);

    /// <summary>Changes a queue's limits.</summary>
    public Task<QueueState> ChangeQueueAsync(string name, ChangeQueue change, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            HttpMethod.Patch, QueuePath(name), JsonContent.Create(change, ContractJson.Default.ChangeQueue),
            ContractJson.Default.QueueState, cancellationToken);

    /// <summary>The pools of the node.</summary>
    public Task<PoolList> ListPoolsAsync(CancellationToken cancellationToken = default) =>
        api.GetAsync("pools", ContractJson.Default.PoolList, cancellationToken);

    /// <summary>Resizes a pool, 1 to 10 000 slots.</summary>
    public Task<PoolState> ResizePoolAsync(string name, int size, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            HttpMethod.Patch, $"pools/{Uri.EscapeDataString(name)}", JsonContent.Create(new ResizePool(size), ContractJson.Default.ResizePool),
            ContractJson.Default.PoolState, cancellationToken);

    /// <summary>Has a pool scale itself between bounds, each 1 to 10 000 slots.</summary>
    public Task<PoolState> ScalePoolAsync(string name, int min, int max, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            HttpMethod.Patch, $"pools/{Uri.EscapeDataString(name)}", JsonContent.Create(new ResizePool(Min: min, Max: max), ContractJson.Default.ResizePool),
            ContractJson.Default.PoolState, cancellationToken);

    /// <summary>Counts, rates and queues at this instant.</summary>
    public Task<Stats> GetStatsAsync(CancellationToken cancellationToken = default) =>
        api.GetAsync("stats", ContractJson.Default.Stats, cancellationToken);

    /// <summary>Counts, rates and queues as they change, at most 4 times a second, until cancelled.</summary>
    public IAsyncEnumerable<Stats> WatchStatsAsync(CancellationToken cancellationToken = default) =>
        api.StreamAsync("stats/watch", "stats", ContractJson.Default.Stats, cancellationToken);

    /// <summary>Cancels, retries, promotes or dismisses all jobs that match a filter, in the background; or says which they are.</summary>
    public Task<BulkReceipt> RunBulkAsync(BulkAction action, CancellationToken cancellationToken = default) =>
        api.PostAsync("jobs/actions", JsonContent.Create(action, ContractJson.Default.BulkAction), ContractJson.Default.BulkReceipt, cancellationToken);

    /// <summary>Takes a bulk action back, for 24 hours and for the jobs that have not moved on; or says which they are.</summary>
    public Task<BulkReceipt> UndoBulkAsync(string id, BulkUndo? undo = null, CancellationToken cancellationToken = default) =>
        api.PostAsync(
            $"jobs/actions/{Uri.EscapeDataString(id)}/undo", JsonContent.Create(undo ?? new BulkUndo(), ContractJson.Default.BulkUndo), ContractJson.Default.BulkReceipt,
            cancellationToken);

    /// <summary>Dead letters by what their errors have in common, the largest group first.</summary>
    /// <param name="filter">Which of them; its state is not looked at.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<DeadGroupList> ListDeadGroupsAsync(BulkFilter? filter = null, CancellationToken cancellationToken = default)
    {
        (string Name, string? Value)[] query = [("queue", filter?.Queue), ("kind", filter?.Kind), ("tag", filter?.Tag), ("tenant", filter?.Tenant)];
        var text = string.Join('&', query.Where(item => item.Value is not null).Select(item => $"{item.Name}={Uri.EscapeDataString(item.Value!)}"));
        return api.GetAsync(text.Length == 0 ? "dead/groups" : "dead/groups?" + text, ContractJson.Default.DeadGroupList, cancellationToken);
    }

    /// <summary>What operators did, newest first.</summary>
    /// <param name="cursor">The last page's <see cref="AuditList.Next"/>.</param>
    /// <param name="limit">1 to 1 000.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<AuditList> ListAuditAsync(string? cursor = null, int limit = 50, CancellationToken cancellationToken = default) =>
        api.GetAsync(
            $"audit?limit={limit}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", ContractJson.Default.AuditList, cancellationToken);

    /// <summary>What runs and ran for a user.</summary>
    public Task<UserSummary> GetUserSummaryAsync(string user, CancellationToken cancellationToken = default) =>
        api.GetAsync($"users/{Uri.EscapeDataString(user)}/summary", ContractJson.Default.UserSummary, cancellationToken);

    /// <summary>The nodes of the cluster.</summary>
    public Task<NodeList> ListNodesAsync(CancellationToken cancellationToken = default) =>
        api.GetAsync("nodes", ContractJson.Default.NodeList, cancellationToken);

    /// <summary>Has a node hand its shards over, finish what it runs within its shutdown deadline, and end its process.</summary>
    public Task<NodeReceipt> LeaveNodeAsync(string name, string? reason = null, CancellationToken cancellationToken = default) =>
        api.PostAsync($"{NodePath(name)}/leave", JsonContent.Create(new Reason(reason), ContractJson.Default.Reason), ContractJson.Default.NodeReceipt, cancellationToken);

    /// <summary>Has a node take no new work, hand its shards over and finish what it runs; its process stays.</summary>
    public Task<NodeReceipt> DrainNodeAsync(string name, string? reason = null, CancellationToken cancellationToken = default) =>
        api.PostAsync($"{NodePath(name)}/drain", JsonContent.Create(new Reason(reason), ContractJson.Default.Reason), ContractJson.Default.NodeReceipt, cancellationToken);

    /// <summary>Declares a dead node dead, so that its shards are taken at once. Throws with status 409 when it still answers, unless forced.</summary>
    public Task<NodeReceipt> DeclareNodeDownAsync(string name, DeclareDown? how = null, CancellationToken cancellationToken = default) =>
        api.PostAsync(
            $"{NodePath(name)}/down", JsonContent.Create(how ?? new DeclareDown(), ContractJson.Default.DeclareDown), ContractJson.Default.NodeReceipt, cancellationToken);

    /// <summary>The settings in force on the node that answers, each with where it comes from; secrets are masked.</summary>
    /// <param name="below">Only keys that begin so.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<SettingList> ListSettingsAsync(string? below = null, CancellationToken cancellationToken = default) =>
        api.GetAsync(below is null ? "configuration" : $"configuration?below={Uri.EscapeDataString(below)}", ContractJson.Default.SettingList, cancellationToken);

    /// <summary>Copies the embedded store, while the node works, to a file on its machine. Throws with status 404 for another store.</summary>
    public Task<BackupReceipt> BackUpAsync(string? reason = null, CancellationToken cancellationToken = default) =>
        api.PostAsync("backups", JsonContent.Create(new Reason(reason), ContractJson.Default.Reason), ContractJson.Default.BackupReceipt, cancellationToken);

    /// <summary>The shards with their owners.</summary>
    public Task<ShardList> ListShardsAsync(CancellationToken cancellationToken = default) =>
        api.GetAsync("shards", ContractJson.Default.ShardList, cancellationToken);

    private static string NodePath(string name) => $"nodes/{Uri.EscapeDataString(name)}";

    private static string QueuePath(string name) => $"queues/{Uri.EscapeDataString(name)}";
}
