namespace ActorJobs.Workloads.Conversations;

/// <summary>How a message from a customer is answered. First what holds in every stage, then what the stage is about.</summary>
internal sealed partial class Dialogue(Turn turn, Receive receive, Reading reading)
{
    // after so many messages in a row that meant nothing, a person is offered
    private const int MaxMisses = 2;

    private ConversationState State => turn.State;

    private Phrases Words => turn.Words;

    public void Answer()
    {
        if (reading.Is(Acts.OptOut) && !State.OptedOut)
            OptOut();
        else if (State.OptedOut)
            OptIn();
        else if (State.Stage == ConversationStage.HandedOver)
            return; // a person reads and answers
        else if (reading.Is(Acts.Person))
            HandOver("the customer asked for a person");
        else if (reading.Is(Acts.Restart))
            StartOver();
        else if (receive.Message.Kind is InboundKind.Unsupported or InboundKind.Image or InboundKind.Document && reading.SaysNothing)
            turn.Say(Words.Unreadable, Choice.Of(Acts.Person, Words.Person));
        else if (AsksForOrder)
            TellOrder();
        else
            AnswerInStage();
    }

    private void AnswerInStage()
    {
        switch (State.Stage)
        {
            case ConversationStage.CollectingItems:
                CollectItems();
                break;
            case ConversationStage.CollectingAddress:
                CollectAddress();
                break;
            case ConversationStage.Confirming:
                Confirm();
                break;
            case ConversationStage.Quoting:
                WhileQuoting();
                break;
            case ConversationStage.Quoted or ConversationStage.Negotiating:
                Negotiate();
                break;
            default:
                BeginOrder();
                break;
        }
    }

    /// <summary>A first message, or one after an order was over.</summary>
    private void BeginOrder()
    {
        // after an end, thanks and the like begin nothing
        if (State.Stage == ConversationStage.Expired && State.Quote is not null && reading.Is(Acts.Yes | Acts.Accept) && State.Cart.Count > 0)
        {
            AskForQuote("the customer wants the expired quote again");
            return;
        }

        var isNews = reading.Wishes.Count > 0 || reading.Is(Acts.Greet | Acts.Help | Acts.Negotiate) || reading.PostalCode is not null;
        if (State.Stage.IsOver() && !isNews)
        {
            turn.Say(Words.AlreadyOver);
            return;
        }

        turn.Happen(new OrderBegan(turn.Now));
        turn.Enter(ConversationStage.CollectingItems, State.Stage == ConversationStage.New ? "the first message" : "a new order");
        if (reading.Wishes.Count == 0 && !reading.Is(Acts.Help))
        {
            TakeDetails();
            turn.Say(Words.Welcome);
        }
        else
        {
            CollectItems();
        }
    }

    private void OptOut()
    {
        turn.Happen(new OptedOut(turn.Now));
        if (ConversationStages.Allows(State.Stage, ConversationStage.Declined))
            turn.Enter(ConversationStage.Declined, "the customer wants no messages");
        turn.Say(Words.OptedOut);
    }

    // who wants no messages gets none, also not in answer; only the word that asks for them again is heard
    private void OptIn()
    {
        if (!reading.Is(Acts.OptIn))
            return;
        turn.Happen(new OptedIn(turn.Now));
        turn.Happen(new OrderBegan(turn.Now));
        turn.Enter(ConversationStage.CollectingItems, "the customer wants messages again");
        turn.Say(Words.OptedIn);
    }

    private void HandOver(string reason)
    {
        turn.Enter(ConversationStage.HandedOver, reason);
        turn.Say(Words.HandedOver);
    }

    private void StartOver()
    {
        turn.Happen(new OrderBegan(turn.Now));
        turn.Enter(ConversationStage.CollectingItems, "the customer started over");
        if (reading.Wishes.Count > 0)
            CollectItems();
        else
            turn.Say(Words.StartedOver);
    }

    private void Miss(string question, params IReadOnlyList<Choice> choices)
    {
        turn.Happen(new NotUnderstood(turn.Now));
        if (State.Misses > MaxMisses)
            turn.Say($"{Words.NotUnderstood} {Words.OfferPerson}", [.. choices.Take(2), Choice.Of(Acts.Person, Words.Person)]);
        else
            turn.Say($"{Words.NotUnderstood} {question}", choices);
    }
}
