using ActorJobs.Actors.Entities;

namespace ActorJobs.Workloads.Conversations;

/// <summary>Works out a quote by the catalogue in force, issues it, and tells the conversation. Repeating it finds the revision that was issued.</summary>
internal sealed class QuoteHandler(IEntityClient entities, CatalogueFile catalogues, ConversationsOptions options) : IJobHandler<QuoteArgs, QuoteDone>
{
    public async ValueTask<JobOutcome<QuoteDone>> RunAsync(QuoteArgs args, JobContext context)
    {
        if (!ConversationId.TryParse(args.Conversation, out var id))
            return JobOutcome.Discarded($"'{args.Conversation}' is no conversation.");
        var catalogue = catalogues.Current.Catalogue;
        switch (QuoteCalculator.Calculate(args.Order, catalogue))
        {
            case QuoteResult.Refused refused:
                await TellAsync(id, new RecordQuote(args.Revision, null, null, refused), context);
                return new QuoteDone(null, refused.Reason.ToString());
            case QuoteResult.Made made:
                var quote = await IssueAsync(args, made.Quote, catalogue.Business, context);
                var figures = new QuoteFigures(quote.Total, quote.Currency, quote.Decimals, quote.ValidUntil);
                await TellAsync(id, new RecordQuote(args.Revision, figures, TextOf(args, quote), null), context);
                return new QuoteDone(quote.Total, null);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async ValueTask<Quote> IssueAsync(QuoteArgs args, Quote quote, string business, JobContext context)
    {
        var revision = new QuoteRevision(args.Revision, quote, args.Language, business, args.Address, args.Order.At);
        var issued = await entities.AskAsync<QuoteRevision>(
            QuoteDecider.Key(args.Quote), new IssueQuote(args.Conversation, args.Number, revision), cancellationToken: context.Cancellation);
        return issued.Quote;
    }

    private async ValueTask TellAsync(ConversationId id, RecordQuote record, JobContext context)
    {
        var answer = await entities.AskAsync<CommandAnswer>(ConversationDecider.Key(id), record, cancellationToken: context.Cancellation);
        if (answer.Refusal is { } refusal)
            context.Log(refusal);
    }

    private string TextOf(QuoteArgs args, Quote quote)
    {
        var number = args.Revision == 1 ? args.Number : FormattableString.Invariant($"{args.Number}/{args.Revision}");
        var text = QuoteText.Of(quote, number, args.Language);
        return options.PublicUrl is { } url ? $"{text}\n{new Uri(url, $"quotes/{args.Quote}")}" : text;
    }
}
