namespace ActorJobs.Workloads.Conversations;

/// <summary>"What is my order?": the order as it is, and the question that is open. Asking changes nothing.</summary>
internal sealed partial class Dialogue
{
    // "cancel my order" and "my order to 01310-100" want something else
    private bool AsksForOrder => reading.Is(Acts.ShowOrder) && (reading.Acts & ~(Acts.ShowOrder | Acts.Greet)) == 0
        && reading.PostalCode is null && reading.Coupon is null && State.Cart.Count > 0;

    private void TellOrder()
    {
        switch (State.Stage)
        {
            case ConversationStage.CollectingItems when State.Open.Count > 0:
                turn.Say(OrderText());
                AskAboutGoods();
                break;
            case ConversationStage.CollectingItems:
                turn.Say(Phrases.Fill(Words.AnythingElse, CartText()), GoOnChoices());
                break;
            case ConversationStage.CollectingAddress:
                turn.Say($"{OrderText()}\n{Words.AskPostalCode}");
                break;
            case ConversationStage.Confirming:
                turn.Say(ConfirmText(), ConfirmChoices());
                break;
            case ConversationStage.Quoting:
                turn.Say($"{OrderText()}\n{Words.Preparing}");
                break;
            case ConversationStage.Quoted or ConversationStage.Negotiating:
                turn.Say($"{OrderText()}\n{Words.AskDecision}", DecisionChoices());
                break;
            default:
                turn.Say($"{OrderText()}\n{Words.AlreadyOver}");
                break;
        }
    }

    /// <summary>The goods, and what they come to once that is known.</summary>
    private string OrderText()
    {
        var order = Phrases.Fill(Words.YourOrder, CartText());
        return State.Quote is { Figures: { } figures } quote
            ? $"{order}\n{quote.Number}: {MoneyText.Amount(figures.Total, figures.Currency, figures.Decimals, turn.Language)}"
            : order;
    }
}
