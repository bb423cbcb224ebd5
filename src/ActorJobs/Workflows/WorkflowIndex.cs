using ActorJobs.Actors.Entities;

namespace ActorJobs.Workflows;

/// <summary>The lists workflows are in: one per status, by the time of their start.</summary>
internal static class WorkflowIndex
{
    public const string Prefix = "workflow/";

    public static string Of(WorkflowStatus status) => $"{Prefix}{status}";

    public static IndexEntry EntryOf(WorkflowState state) =>
        new(Of(state.Status), (state.CreatedAt.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / 40); // 4 µs: below 2^53
}
