using System.Globalization;
using System.Runtime.CompilerServices;
using ActorJobs.Actors.Stores;
using ActorJobs.AspNetCore;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.Workloads.Conversations.Pages;

/// <summary>The list of conversations, and the simulator's button on it.</summary>
internal static class ConversationListRoutes
{
    private const int Shown = 50;

    // a busy list changes all the time; people read it now and then
    private static readonly TimeSpan Coalesce = TimeSpan.FromSeconds(1);

    public static void MapConversationList(this RouteGroupBuilder pages)
    {
        pages.MapGet(ConversationPageRoutes.Path, ListAsync);
        pages.MapGet("/_live/conversations", Watch);
        pages.MapPost(ConversationPageRoutes.Path + "/simulate", SimulateAsync).Audit("conversation.simulate");
    }

    public static IResult NotFound(string id) => ConversationControl.NoSuchConversation(id);

    private static async Task<RazorComponentResult> ListAsync(
        ConversationReading reading, ConversationsOptions options, CatalogueFile catalogues, string? q = null, string? state = null, string? cursor = null,
        CancellationToken cancellationToken = default)
    {
        var query = QueryOf(q, state, cursor);
        var page = await reading.ListAsync(query, cancellationToken);
        return new RazorComponentResult<ConversationsPage>(new
        {
            page.Items,
            Counts = await reading.CountAsync(cancellationToken),
            Next = ConversationCursor.Write(page.Next),
            query.Search,
            query.Stage,
            IsLoopback = options.Gateway == ConversationGateway.Loopback,
            catalogues.Current.Problems,
            Live = query.After is null ? "/_live/conversations" + QueryString.Create(new Dictionary<string, string?> { ["q"] = query.Search, ["state"] = query.Stage?.ToString() }) : null,
        });
    }

    private static LiveFragments<IReadOnlyList<StoredConversation>> Watch(ConversationReading reading, ConversationFeed feed, TimeProvider time, string? q = null, string? state = null)
    {
        var query = QueryOf(q, state, null);
        return new(
            token => FollowAsync(query, reading, feed, time, token),
            async (items, token) =>
            [
                LiveFragment.Of<ConversationTable>("talk-list", nameof(ConversationTable.Items), items),
                new LiveFragment("talk-counts", typeof(StageCounts), new Dictionary<string, object?>
                {
                    [nameof(StageCounts.Counts)] = await reading.CountAsync(token), [nameof(StageCounts.Current)] = query.Stage,
                }),
            ]);
    }

    private static async IAsyncEnumerable<IReadOnlyList<StoredConversation>> FollowAsync(
        ConversationQuery query, ConversationReading reading, ConversationFeed feed, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var changes = feed.Subscribe();
        while (true)
        {
            yield return (await reading.ListAsync(query, cancellationToken)).Items;
            await changes.WaitAsync(cancellationToken);
            await Task.Delay(Coalesce, time, cancellationToken);
        }
    }

    // what makes no sense shows the beginning: a page has nobody to tell off
    private static ConversationQuery QueryOf(string? search, string? state, string? cursor)
    {
        IndexPosition? after = null;
        _ = ConversationCursor.TryRead(cursor, out after);
        ConversationStage? stage = Enum.TryParse<ConversationStage>(state, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : null;
        return new ConversationQuery(stage, search?.Length > 100 ? search[..100] : search, after, Shown);
    }

    private static async Task<IResult> SimulateAsync(HttpContext context, IJobClient jobs, PageState page, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        _ = int.TryParse(form["customers"], NumberStyles.None, CultureInfo.InvariantCulture, out var customers);
        var args = new SimulateArgs(Math.Clamp(customers, 1, SimulateHandler.MaxCustomers));
        var submitted = await jobs.SubmitAsync(JobRequest.Of(ConversationKinds.Simulate, args) with { Tags = ["conversations"] }, cancellationToken);
        return submitted is SubmitResult.Accepted { Id: var id }
            ? page.SeeOther($"/jobs/{Uri.EscapeDataString(id.Value)}")
            : Problems.Unavailable("The simulation could not be submitted.", TimeSpan.FromSeconds(5));
    }
}
