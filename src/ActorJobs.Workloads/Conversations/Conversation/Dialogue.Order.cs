namespace ActorJobs.Workloads.Conversations;

/// <summary>Taking an order: which goods, how many, where to, is that right.</summary>
internal sealed partial class Dialogue
{
    private void CollectItems()
    {
        var changed = TakeGoods() | TakeDetails();
        if (State.Open.Count > 0)
            AskAboutGoods(isAnswered: changed || reading.Acts != Acts.None);
        else if (reading.Is(Acts.Help) && !changed)
            turn.Say(Words.AskItems);
        else if (State.Cart.Count == 0)
            AskForGoods(changed);
        else if (reading.Is(Acts.Done) || reading.PostalCode is not null || (reading.Is(Acts.No | Acts.Yes) && !changed))
            Proceed(); // "no, 12 sacks" is a correction, and not the end of the list
        else if (changed)
            turn.Say(Phrases.Fill(Words.AnythingElse, CartText()), GoOnChoices());
        else
            Miss(Phrases.Fill(Words.AnythingElse, CartText()), GoOnChoices());
    }

    private void AskForGoods(bool changed)
    {
        if (changed || reading.Is(Acts.Greet | Acts.Yes | Acts.Done | Acts.ShowOrder))
            turn.Say(Words.AskItems);
        else
            Miss(Words.AskItems);
    }

    /// <summary>Takes what a message says of the order, where goods were known already. False when they are not any more: that comes first, and is asked for.</summary>
    private bool TakeOrder(out bool changed)
    {
        changed = TakeGoods() | TakeDetails();
        if (State.Open.Count > 0)
            ReturnToGoods();
        else if (State.Cart.Count == 0)
            Reopen(Words.AskItems);
        else
            return true;
        return false;
    }

    private void CollectAddress()
    {
        if (!TakeOrder(out var changed))
            return;
        if (reading.PostalCode is not null)
            AskToConfirm();
        else if (changed || reading.Is(Acts.ChangeAddress | Acts.Yes | Acts.Greet | Acts.Done))
            turn.Say(Words.PostalCodeAgain);
        else
            Miss(Words.PostalCodeAgain);
    }

    private void Confirm()
    {
        if (!TakeOrder(out var changed))
            return;
        if (changed)
            AskToConfirm();
        else if (reading.Is(Acts.ChangeAddress))
            AskForAddress();
        else if (reading.Is(Acts.No | Acts.Decline))
            Reopen(Words.WhatToChange);
        else if (reading.Is(Acts.Yes | Acts.Accept | Acts.Done))
            AskForQuote("the customer confirmed");
        else
            Miss(ConfirmText(), ConfirmChoices());
    }

    /// <summary>Goods are known: on to the address, or to the question whether all is right.</summary>
    private void Proceed()
    {
        if (State.PostalCode is null)
            AskForAddress();
        else
            AskToConfirm();
    }

    private void AskForAddress()
    {
        turn.Enter(ConversationStage.CollectingAddress, "the goods are known");
        turn.Say(Words.AskPostalCode);
    }

    private void AskToConfirm()
    {
        turn.Enter(ConversationStage.Confirming, "goods and address are known");
        turn.Say(ConfirmText(), ConfirmChoices());
    }

    private void ReturnToGoods()
    {
        turn.Enter(ConversationStage.CollectingItems, "something about the goods is not clear");
        AskAboutGoods();
    }

    private void Reopen(string question)
    {
        turn.Enter(ConversationStage.CollectingItems, "the customer wants to change the goods");
        turn.Say(question);
    }

    /// <summary>Asks what is not clear, one thing at a time.</summary>
    private void AskAboutGoods(bool isAnswered = true)
    {
        if (!isAnswered)
            turn.Happen(new NotUnderstood(turn.Now));
        if (State.Misses > MaxMisses)
        {
            turn.Say($"{Words.NotUnderstood} {Words.OfferPerson}", Choice.Of(Acts.Person, Words.Person));
            return;
        }

        var wish = State.Open[0];
        var language = turn.Language;
        if (wish.Options.Count > 1)
        {
            var list = string.Concat(wish.Options.Take(10).Select((option, index) => FormattableString.Invariant($"\n{index + 1}. {option.Name.In(language)}")));
            turn.Say(new OutboundContent(Phrases.Fill(Words.WhichOne, wish.Said) + list)
            {
                Choices = [.. wish.Options.Take(10).Select(option => Choice.Of(option, language))],
                ListLabel = Words.Choose,
            });
            return;
        }

        var item = wish.Options[0];
        turn.Say(Phrases.Fill(
            item.Quantity is not null ? Words.InStepsOf : Words.HowMany, item.Name.In(language),
            item.Quantity is not null ? $"{MoneyText.Number(item.Step, language)} {item.One.In(language)}" : item.Many.In(language)));
    }

    /// <summary>Takes in goods, numbers that answer a question, picks from a list.</summary>
    private bool TakeGoods()
    {
        var before = Cart.Of(State);
        var after = before;
        if (reading.Picked is { } picked && before.Open.Count > 0)
            after = after.Pick(picked);
        else if (before.Open is [{ Options.Count: > 1 } asked, ..] && reading.Wishes is [{ Options: [var named], Change: WishChange.Set }]
            && named.Quantity is null && asked.Options.Any(option => option.Sku == named.Sku))
            after = after.Pick(named.Sku);
        else if (reading.Wishes.Count > 0)
            after = reading.Wishes.Aggregate(after, (cart, wish) => cart.With(wish));
        else if (reading.Number is { } number && before.Open is [{ Options.Count: > 1 }, ..])
            after = number == Math.Floor(number) && number <= 10 ? after.Pick((int)number) : after;
        else if (reading.Number is { } count)
            after = before.Open.Count > 0 ? after.Answer(count, reading.NumberUnit) : MayCorrect ? after.Correct(count, reading.NumberUnit) : after;

        if (after.Lines.SequenceEqual(before.Lines) && after.Open.SequenceEqual(before.Open))
            return reading.Wishes.Count > 0;
        turn.Happen(new GoodsChanged(after.Lines, after.Open, turn.Now));
        return true;
    }

    // "make it 20" is about the goods; beside a quote a bare number may be about anything, "30 sacks" is not
    private bool MayCorrect => State.Stage is ConversationStage.CollectingItems or ConversationStage.Confirming or ConversationStage.Negotiating
        || (State.Stage == ConversationStage.Quoted && reading.NumberUnit is not null);

    /// <summary>Takes in a postal code and a coupon.</summary>
    private bool TakeDetails()
    {
        if (reading.PostalCode is { } code)
        {
            var written = receive.Message.Text?.ReplaceLineEndings(" ").Trim() ?? code;
            turn.Happen(new AddressGiven(code, written.Length > 200 || reading.Wishes.Count > 0 ? code : written, turn.Now));
        }

        if (reading.Coupon is { } coupon)
            turn.Happen(new CouponNamed(coupon, turn.Now));
        return reading.PostalCode is not null || reading.Coupon is not null;
    }

    private string CartText() => string.Join('\n', State.Cart.Select(line => $"• {line.InWords(turn.Language)}"));

    private string ConfirmText() => Phrases.Fill(Words.Confirm, CartText(), State.Address);

    private Choice[] GoOnChoices() => [Choice.Of(Acts.Done, Words.ThatsAll), Choice.Of(Acts.Restart, Words.StartOver)];

    private Choice[] ConfirmChoices() => [Choice.Of(Acts.Yes, Words.Yes), Choice.Of(Acts.No, Words.Change), Choice.Of(Acts.Person, Words.Person)];
}
