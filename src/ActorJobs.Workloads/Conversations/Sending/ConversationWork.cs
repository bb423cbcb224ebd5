namespace ActorJobs.Workloads.Conversations;

/// <summary>The jobs that must be under way for a conversation: a function of its state, so that recovery only has to see to them again. Pure.</summary>
internal static class ConversationWork
{
    /// <summary>The quote that is awaited, and the first message that is not sent: the next one follows when it has left, which keeps the order.</summary>
    public static IReadOnlyList<ConversationJob> Of(string conversation, ConversationState state, Language fallback)
    {
        if (!ConversationId.TryParse(conversation, out var id))
            return [];
        var jobs = new List<ConversationJob>(2);
        if (state is { Stage: ConversationStage.Quoting, Quote: { } quote, PostalCode: { } postalCode })
        {
            var order = new QuoteOrder([.. state.Cart.Select(line => new OrderLine(line.Sku, line.Quantity))], postalCode, id.Customer, state.Coupon, quote.AskedAt);
            var args = new QuoteArgs(conversation, quote.Id, quote.Number, quote.Revision, order, state.Address ?? postalCode, state.Language ?? fallback);
            jobs.Add(new(
                conversation, ConversationKinds.QuoteId(quote.Id, quote.Revision), JobRequest.Of(ConversationKinds.Quote, args),
                reason => new GiveUpQuote(quote.Revision, reason)));
        }

        if (state.Outbox is [var first, ..])
        {
            // the business number is what the queue's rate counts by
            var request = JobRequest.Of(ConversationKinds.Send, new SendArgs(conversation, first.Number)) with { ConcurrencyKey = id.Business };
            jobs.Add(new(
                conversation, ConversationKinds.SendId(conversation, first.Number), request,
                reason => new RecordSendFailure(first.Number, reason, IsFinal: true)));
        }

        return jobs;
    }
}

/// <summary>A job for a conversation.</summary>
/// <param name="Conversation">Which.</param>
/// <param name="Id">The job's id: the same work has the same id.</param>
/// <param name="Request">The job.</param>
/// <param name="GivenUp">What the conversation is told when the job has ended without doing it.</param>
internal sealed record ConversationJob(string Conversation, JobId Id, JobRequest Request, Func<string, ConversationCommand> GivenUp)
{
    public JobRequest Submit => Request with { Id = Id, Tags = ["conversations"], Meta = new Dictionary<string, string> { ["conversation"] = Conversation } };
}
