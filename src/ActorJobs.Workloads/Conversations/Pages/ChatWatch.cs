using System.Runtime.CompilerServices;

namespace ActorJobs.Workloads.Conversations.Pages;

/// <summary>A conversation's changes as they happen, beginning with how it is now; several within a moment are one.</summary>
internal static class ChatWatch
{
    private static readonly TimeSpan Coalesce = TimeSpan.FromMilliseconds(150);

    public static async IAsyncEnumerable<ChatView> FollowAsync(
        string id, ConversationReading reading, ConversationFeed feed, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var changes = feed.Subscribe(id);
        while (await ChatView.FindAsync(id, reading, time, cancellationToken) is { } view)
        {
            yield return view;
            await changes.WaitAsync(cancellationToken);
            await Task.Delay(Coalesce, time, cancellationToken);
        }
    }
}
