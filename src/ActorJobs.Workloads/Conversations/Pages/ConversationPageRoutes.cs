using ActorJobs.AspNetCore;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.Workloads.Conversations.Pages;

/// <summary>The pages for people at the business: find a conversation, read along, take over, answer.</summary>
internal static class ConversationPageRoutes
{
    public const string Path = "/conversations";

    public static void MapConversationPages(this RouteGroupBuilder pages)
    {
        ChatStyle.Map(pages);
        pages.MapConversationList();
        pages.MapGet(Path + "/{id}", (string id, ConversationReading reading, TimeProvider time, CancellationToken token) => ShowAsync(id, null, reading, time, token));
        pages.MapGet("/_live/conversations/{id}", WatchAsync);
        pages.MapPost(Path + "/{id}/messages", SayAsync).Audit("conversation.say");
        MapCommand("takeover", "take-over", name => new TakeOver(name));
        MapCommand("handback", "hand-back", name => new HandBack(name));
        MapCommand("accept", "conclude", name => new Conclude(name, IsAccepted: true));
        MapCommand("decline", "conclude", name => new Conclude(name, IsAccepted: false));

        void MapCommand(string verb, string action, Func<string, ConversationCommand> command) => pages.MapPost(
            $"{Path}/{{id}}/{verb}",
            (string id, ConversationControl control, ConversationReading reading, PageState page, TimeProvider time, CancellationToken token) =>
                CommandAsync(id, command(ConversationEndpoints.NameOf(page)), control, reading, page, time, token)).Audit("conversation." + action);
    }

    private static async Task<IResult> ShowAsync(string id, ApiProblem? problem, ConversationReading reading, TimeProvider time, CancellationToken cancellationToken) =>
        await ChatView.FindAsync(id, reading, time, cancellationToken) is { } view
            ? new RazorComponentResult<ConversationDetailPage>(new { View = view, Refusal = problem?.Detail }) { StatusCode = problem?.Status }
            : ConversationListRoutes.NotFound(id);

    private static async Task<IResult> WatchAsync(string id, ConversationReading reading, ConversationFeed feed, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await ChatView.FindAsync(id, reading, time, cancellationToken) is null)
            return ConversationControl.NoSuchConversation(id);
        return new LiveFragments<ChatView>(token => ChatWatch.FollowAsync(id, reading, feed, time, token), (now, _) => ValueTask.FromResult<IReadOnlyList<LiveFragment>>(
        [
            LiveFragment.Of<ChatLog>("talk-log", nameof(ChatLog.Entries), now.Entries),
            LiveFragment.Of<ConversationFacts>("talk-facts", nameof(ConversationFacts.View), now),
            LiveFragment.Of<ConversationActions>("talk-actions", nameof(ConversationActions.View), now),
        ]));
    }

    private static async Task<IResult> SayAsync(
        string id, HttpContext context, ConversationControl control, ConversationReading reading, PageState page, TimeProvider time, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var say = new Say(ConversationEndpoints.NameOf(page), form["text"].ToString().ReplaceLineEndings("\n").Trim(), form["id"].ToString() is { Length: > 0 and <= 100 } known ? known : null);
        return await CommandAsync(id, say, control, reading, page, time, cancellationToken);
    }

    private static async Task<IResult> CommandAsync(
        string id, ConversationCommand command, ConversationControl control, ConversationReading reading, PageState page, TimeProvider time, CancellationToken cancellationToken)
    {
        var (_, problem) = await control.AskAsync(id, command, cancellationToken);
        return problem is null ? page.SeeOther($"{Path}/{id}") : await ShowAsync(id, problem, reading, time, cancellationToken);
    }
}
