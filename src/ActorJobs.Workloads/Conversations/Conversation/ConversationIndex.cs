using ActorJobs.Actors.Entities;

namespace ActorJobs.Workloads.Conversations;

/// <summary>Where conversations are listed: by stage, the latest at the end; and, while something has to be done for them, as work.</summary>
internal static class ConversationIndex
{
    /// <summary>The list of conversations for which a job must be under way.</summary>
    public const string Work = "conversation-work";

    /// <summary>What the names of the lists by stage begin with.</summary>
    public const string Stages = "conversation/";

    public static string Of(ConversationStage stage) => Stages + stage;

    public static IReadOnlyList<IndexEntry> EntriesOf(ConversationState state)
    {
        var listed = new IndexEntry(Of(state.Stage), state.LastAt.ToUnixTimeMilliseconds(), Short(state.Name));
        return state.HasWork ? [listed, new IndexEntry(Work, state.LastAt.ToUnixTimeMilliseconds())] : [listed];
    }

    private static string? Short(string? name) => name?.Length > 60 ? name[..60] : name;
}
