using ActorJobs.Workloads.Conversations;

namespace ActorJobs.Workloads.Tests.Conversations.Conversation;

/// <summary>"What is my order?", and quantities that are none.</summary>
public sealed class OrderSummaryTests
{
    [Theory]
    [InlineData("10 sacks of cement", "what is my order?", "Your order so far:\n• 10 sacks Cement 50 kg\nAnything else?")]
    [InlineData("quero 10 sacos de cimento", "qual é o meu pedido?", "Seu pedido até agora:\n• 10 sacos Cimento 50 kg\nMais alguma coisa?")]
    [InlineData("quiero 10 sacos de cemento", "¿cuál es mi pedido?", "Su pedido hasta ahora:\n• 10 sacos Cemento 50 kg\n¿Algo más?")]
    public void The_order_so_far_is_told_in_the_customers_language(string order, string question, string expected) =>
        Assert.Equal(expected, new Talk().Say(order, question).Last.Text);

    [Theory]
    [InlineData(ConversationStage.CollectingItems)]
    [InlineData(ConversationStage.CollectingAddress)]
    [InlineData(ConversationStage.Confirming)]
    [InlineData(ConversationStage.Quoting)]
    [InlineData(ConversationStage.Quoted)]
    [InlineData(ConversationStage.Negotiating)]
    [InlineData(ConversationStage.Accepted)]
    [InlineData(ConversationStage.Declined)]
    [InlineData(ConversationStage.Expired)]
    public void Asking_is_answered_in_every_stage_and_changes_nothing(ConversationStage stage)
    {
        var talk = new Talk().Reach(stage);
        var before = talk.State;
        var known = talk.History.Count;

        talk.Say("hi, what is my order?");

        Assert.Contains("20 sacks", talk.Last.Text, StringComparison.Ordinal);
        Assert.Equal(stage.HasQuote() || stage.IsOver(), talk.Last.Text.Contains("Q261122-QUOTE: ", StringComparison.Ordinal));
        Assert.All(talk.History.Skip(known), happened => Assert.True(happened is MessageReceived or MessageQueued, happened.GetType().Name));
        Assert.Equal((before.Stage, before.Cart, before.Quote), (talk.Stage, talk.State.Cart, talk.State.Quote));
    }

    [Fact]
    public void A_question_that_was_open_is_asked_again_after_the_order()
    {
        var talk = new Talk().Say("10 sacks of cement and sand", "what is my order?");

        var said = talk.History.OfType<MessageQueued>().TakeLast(2).Select(message => message.Content.Text).ToArray();
        Assert.Contains("10 sacks", said[0], StringComparison.Ordinal);
        Assert.StartsWith("How many", said[1], StringComparison.Ordinal);
        Assert.Equal(0, talk.State.Misses);
    }

    [Fact]
    public void Where_nothing_is_ordered_the_customer_is_asked_for_goods() =>
        Assert.StartsWith("Which items do you need", new Talk().Say("hello", "what is my order?").Last.Text, StringComparison.Ordinal);

    [Fact]
    public void What_wants_more_than_to_see_the_order_is_done()
    {
        Assert.Equal(ConversationStage.Declined, new Talk().Reach(ConversationStage.Quoted).Say("cancel my order").Stage);
        Assert.Equal(ConversationStage.Accepted, new Talk().Reach(ConversationStage.Quoted).Say("place my order").Stage);
        Assert.Equal(ConversationStage.Quoting, new Talk().Reach(ConversationStage.Confirming).Say("yes, that is my order").Stage);
    }

    [Theory]
    [InlineData("1e9 sacks")]
    [InlineData("1e9")]
    [InlineData("99999999999 sacks")]
    public void A_number_that_is_no_quantity_is_asked_about_again(string answer)
    {
        var talk = new Talk().Say("cement", answer);

        Assert.Empty(talk.State.Cart);
        Assert.Contains("How many sacks", talk.Last.Text, StringComparison.Ordinal);
        Assert.Equal(10, talk.Say("10").State.Cart[0].Quantity);
    }

    [Fact]
    public void What_was_ordered_stays_when_the_new_number_is_no_quantity()
    {
        var talk = new Talk().Say("20 cement", "make it 1e9 sacks", "1e9 sacks of cement");

        Assert.Equal(20, talk.State.Cart[0].Quantity);
        Assert.Contains("How many sacks", talk.Last.Text, StringComparison.Ordinal);
    }
}
