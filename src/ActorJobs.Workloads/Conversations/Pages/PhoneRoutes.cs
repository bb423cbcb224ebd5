using System.Runtime.CompilerServices;
using ActorJobs.AspNetCore;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.Workloads.Conversations.Pages;

/// <summary>The telephones of the loopback gateway.</summary>
internal static class PhoneRoutes
{
    private const int MaxText = 4_096;

    public static void MapPhone(this RouteGroupBuilder pages)
    {
        pages.MapGet("/phone", IResult () => new RazorComponentResult<PhonesPage>(new { Suggested = "5511999990001" }));
        pages.MapGet("/phone/open", Open);
        pages.MapGet("/phone/{customer}", ShowAsync);
        pages.MapGet("/_live/phone/{customer}", Watch);
        pages.MapPost("/phone/{customer}", WriteAsync);
    }

    private static IResult Open(PageState page, string? customer = null) =>
        ConversationId.IsNumber(customer) ? page.SeeOther($"/phone/{customer}") : page.SeeOther("/phone");

    private static async Task<IResult> ShowAsync(
        string customer, ConversationReading reading, CatalogueFile catalogues, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!ConversationId.IsNumber(customer))
            return Problems.NotFound("A telephone's number has 1 to 32 digits.");
        var view = await ChatView.FindAsync(Conversation(customer), reading, time, cancellationToken);
        return new RazorComponentResult<PhonePage>(new { Customer = customer, catalogues.Current.Catalogue.Business, Entries = view?.OnPhone ?? [] });
    }

    private static LiveFragments<IReadOnlyList<TranscriptEntry>> Watch(string customer, ConversationReading reading, ConversationFeed feed, TimeProvider time) =>
        new(
            token => FollowAsync(customer, reading, feed, time, token),
            (entries, _) => ValueTask.FromResult<IReadOnlyList<LiveFragment>>(
            [
                new LiveFragment("phone-log", typeof(ChatLog), new Dictionary<string, object?> { [nameof(ChatLog.Entries)] = entries, [nameof(ChatLog.Tap)] = $"/phone/{customer}" }),
            ]));

    // a telephone may be picked up before anything was said
    private static async IAsyncEnumerable<IReadOnlyList<TranscriptEntry>> FollowAsync(
        string customer, ConversationReading reading, ConversationFeed feed, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var changes = feed.Subscribe(Conversation(customer));
        while (true)
        {
            yield return (await ChatView.FindAsync(Conversation(customer), reading, time, cancellationToken))?.OnPhone ?? [];
            await changes.WaitAsync(cancellationToken);
        }
    }

    private static async Task<IResult> WriteAsync(
        string customer, HttpContext context, ConversationIntake intake, ConversationReading reading, PageState page, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!ConversationId.TryParse(Conversation(customer), out var id))
            return Problems.NotFound("A telephone's number has 1 to 32 digits.");
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var (text, choice) = (form["text"].ToString(), form["choice"].ToString());
        if (text.Length is 0 or > MaxText || choice.Length > WebhookReader.MaxId)
            return page.SeeOther($"/phone/{customer}");
        await ReadAllAsync(id, intake, reading, time, cancellationToken);
        var message = new InboundMessage($"wamid.phone.{Guid.CreateVersion7(time.GetUtcNow())}", choice.Length > 0 ? InboundKind.Choice : InboundKind.Text, time.GetUtcNow())
        {
            Text = text,
            Choice = choice.Length > 0 ? choice : null,
        };
        await intake.ReceiveAsync(id, message, cancellationToken);
        return page.SeeOther($"/phone/{customer}");
    }

    // who answers has read what came before
    private static async Task ReadAllAsync(ConversationId id, ConversationIntake intake, ConversationReading reading, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await reading.FindAsync(id, cancellationToken) is not { } stored)
            return;
        foreach (var sent in stored.State.Sent.Where(sent => sent.Status < DeliveryStatus.Read))
            await intake.ReportAsync(id, new DeliveryReport(sent.Wamid, null, DeliveryStatus.Read, time.GetUtcNow()), cancellationToken);
    }

    private static string Conversation(string customer) => $"{LoopbackPhone.Business}.{customer}";
}
