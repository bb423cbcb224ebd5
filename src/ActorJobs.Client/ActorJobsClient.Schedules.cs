using System.Net.Http.Json;

namespace ActorJobs.Client;

/// <content>Schedules.</content>
public sealed partial class ActorJobsClient
{
    /// <summary>Creates a schedule, or makes it what is said. Repeating it changes nothing.</summary>
    public Task<Schedule> PutScheduleAsync(string id, PutSchedule schedule, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            HttpMethod.Put, SchedulePath(id), JsonContent.Create(schedule, ContractJson.Default.PutSchedule), ContractJson.Default.Schedule, cancellationToken);

    /// <summary>The schedule with its next ten firings. Throws with status 404 when there is none.</summary>
    public Task<Schedule> GetScheduleAsync(string id, CancellationToken cancellationToken = default) =>
        api.GetAsync(SchedulePath(id), ContractJson.Default.Schedule, cancellationToken);

    /// <summary>A page of schedules by their ids.</summary>
    public Task<ScheduleList> ListSchedulesAsync(string? cursor = null, int limit = 50, CancellationToken cancellationToken = default) =>
        api.GetAsync(
            $"schedules?limit={limit}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", ContractJson.Default.ScheduleList, cancellationToken);

    /// <summary>Ends a schedule. Jobs of its firings go on.</summary>
    public Task DeleteScheduleAsync(string id, CancellationToken cancellationToken = default) =>
        api.DeleteAsync(SchedulePath(id), cancellationToken);

    /// <summary>Fires once now, as far as the overlap policy lets it.</summary>
    /// <param name="id">Which schedule.</param>
    /// <param name="idempotencyKey">Makes repeating the call harmless: the same key names the same job.</param>
    /// <param name="reason">Kept in the audit log.</param>
    /// <param name="cancellationToken">Gives up waiting; it may have fired.</param>
    public Task<ScheduleReceipt> TriggerScheduleAsync(
        string id, string? idempotencyKey = null, string? reason = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Post, $"{SchedulePath(id)}/trigger", Because(reason), ContractJson.Default.ScheduleReceipt, cancellationToken, idempotencyKey);

    /// <summary>Has it fire no more by itself.</summary>
    public Task<Schedule> PauseScheduleAsync(string id, string? reason = null, CancellationToken cancellationToken = default) =>
        api.PostAsync($"{SchedulePath(id)}/pause", Because(reason), ContractJson.Default.Schedule, cancellationToken);

    /// <summary>Has it fire again, from now on.</summary>
    public Task<Schedule> ResumeScheduleAsync(string id, string? reason = null, CancellationToken cancellationToken = default) =>
        api.PostAsync($"{SchedulePath(id)}/resume", Because(reason), ContractJson.Default.Schedule, cancellationToken);

    /// <summary>Fires for times that have passed, at most 1 000.</summary>
    public Task<ScheduleReceipt> BackfillScheduleAsync(string id, Backfill backfill, CancellationToken cancellationToken = default) =>
        api.PostAsync(
            $"{SchedulePath(id)}/backfill", JsonContent.Create(backfill, ContractJson.Default.Backfill), ContractJson.Default.ScheduleReceipt, cancellationToken);

    /// <summary>Ends a backfill; what it has fired goes on.</summary>
    public Task<Schedule> CancelBackfillAsync(string id, string? reason = null, CancellationToken cancellationToken = default) =>
        api.PostAsync($"{SchedulePath(id)}/backfill/cancel", Because(reason), ContractJson.Default.Schedule, cancellationToken);

    private static JsonContent? Because(string? reason) => reason is null ? null : JsonContent.Create(new Reason(reason), ContractJson.Default.Reason);

    private static string SchedulePath(string id) => $"schedules/{Uri.EscapeDataString(id)}";
}
