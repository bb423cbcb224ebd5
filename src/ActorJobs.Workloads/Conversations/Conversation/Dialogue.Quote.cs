using System.Globalization;

namespace ActorJobs.Workloads.Conversations;

/// <summary>From the quote to its end: waiting for it, taking it, haggling, leaving it.</summary>
internal sealed partial class Dialogue
{
    /// <summary>Asks for the first quote of the order, or for its next revision.</summary>
    private void AskForQuote(string reason)
    {
        var last = State.Quote;
        var id = last?.Id ?? receive.Address;
        var quote = new QuoteInHand(id, last?.Number ?? NumberOf(id), (last?.Revision ?? 0) + 1, turn.Now, null);
        turn.Happen(new QuoteAsked(quote, turn.Now));
        turn.Enter(ConversationStage.Quoting, reason);
    }

    private void WhileQuoting()
    {
        if (!TakeOrder(out var changed))
            return;
        if (changed)
            AskToConfirm();
        else
            turn.Say(Words.Preparing);
    }

    /// <summary>The customer has a quote.</summary>
    private void Negotiate()
    {
        if (State.Quote!.Figures!.ValidUntil <= turn.Now)
        {
            turn.Enter(ConversationStage.Expired, "the quote is past its validity");
            turn.Say(Words.QuoteExpired, Choice.Of(Acts.Yes, Words.Again));
            return;
        }

        if (!TakeOrder(out var changed))
            return;
        if (changed)
            AskForQuote("the customer changed the order");
        else if (reading.Is(Acts.ChangeAddress))
            AskForAddress();
        else if (reading.Is(Acts.Decline))
            Decline();
        else if (reading.Is(Acts.Negotiate))
            Haggle();
        else if (reading.Is(Acts.Accept | Acts.Yes))
            Accept();
        else if (reading.Is(Acts.No))
            turn.Say(Words.AskDecision, DecisionChoices());
        else
            Miss(Words.AskDecision, DecisionChoices());
    }

    private void Accept()
    {
        var quote = State.Quote!;
        turn.Enter(ConversationStage.Accepted, "the customer accepted the quote");
        turn.Say(Phrases.Fill(
            Words.Accepted, quote.Number, MoneyText.Amount(quote.Figures!.Total, quote.Figures.Currency, quote.Figures.Decimals, turn.Language)));
    }

    private void Decline()
    {
        turn.Enter(ConversationStage.Declined, "the customer declined the quote");
        turn.Say(Words.Declined);
    }

    // asked a second time, a person decides
    private void Haggle()
    {
        if (State.Stage == ConversationStage.Negotiating)
        {
            HandOver("the customer wants a better price");
            return;
        }

        turn.Enter(ConversationStage.Negotiating, "the customer wants a better price");
        turn.Say(Words.HowToImprove, Choice.Of(Acts.Accept, Words.Accept), Choice.Of(Acts.Person, Words.Person), Choice.Of(Acts.Decline, Words.Decline));
    }

    private Choice[] DecisionChoices() =>
        [Choice.Of(Acts.Accept, Words.Accept), Choice.Of(Acts.Negotiate, Words.Negotiate), Choice.Of(Acts.Decline, Words.Decline)];

    // the day and some letters of the quote's random id: short enough to be said on the telephone
    private string NumberOf(string id) =>
        string.Create(CultureInfo.InvariantCulture, $"Q{turn.Now:yyMMdd}-{string.Concat(id.Where(char.IsAsciiLetterOrDigit).Take(5)).ToUpperInvariant()}");
}
