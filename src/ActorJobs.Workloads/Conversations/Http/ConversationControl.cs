using ActorJobs.Actors.Entities;
using ActorJobs.AspNetCore;

namespace ActorJobs.Workloads.Conversations;

/// <summary>What API and pages can do to a conversation. A problem says why it was not done.</summary>
internal sealed class ConversationControl(IEntityClient entities, ConversationReading reading, TimeProvider time)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    public async Task<(CommandView? View, ApiProblem? Problem)> AskAsync(string id, ConversationCommand command, CancellationToken cancellationToken)
    {
        // a command must not bring a conversation into being
        if (!ConversationId.TryParse(id, out var conversation) || await reading.FindAsync(conversation, cancellationToken) is null)
            return (null, NoSuchConversation(id));
        var answer = await entities.AskAsync<CommandAnswer>(ConversationDecider.Key(conversation), command, cancellationToken: cancellationToken)
            .AsTask().WaitAsync(Deadline, time, cancellationToken);
        return answer.Refusal is { } refusal
            ? (null, Problems.Conflict("wrong-state", refusal))
            : (new CommandView(id, answer.Stage, answer.Number), null);
    }

    public static ApiProblem NoSuchConversation(string id) => Problems.NotFound($"There is no conversation '{id}'.");
}
