using System.Reflection;
using ActorJobs.Workloads.Conversations;

namespace ActorJobs.Workloads.Tests.Conversations.Conversation;

public sealed class ConversationDeciderTests
{
    // every edge of the diagram, with what leads along it
    private static readonly (ConversationStage From, ConversationStage To, Action<Talk> By)[] Edges =
    [
        (ConversationStage.New, ConversationStage.CollectingItems, talk => talk.Say("hello")),
        (ConversationStage.New, ConversationStage.HandedOver, talk => talk.Say("a human please")),
        (ConversationStage.New, ConversationStage.Declined, talk => talk.Say("stop")),
        (ConversationStage.CollectingItems, ConversationStage.CollectingAddress, talk => talk.Say("that's all")),
        (ConversationStage.CollectingItems, ConversationStage.Confirming, talk => talk.Say("to 01310-100")),
        (ConversationStage.CollectingItems, ConversationStage.HandedOver, talk => talk.Say("a human please")),
        (ConversationStage.CollectingItems, ConversationStage.Declined, talk => talk.Say("stop")),
        (ConversationStage.CollectingItems, ConversationStage.Expired, talk => talk.Wake(talk.Now + talk.Policy.ExpireAfter)),
        (ConversationStage.CollectingAddress, ConversationStage.Confirming, talk => talk.Say("01310-100")),
        (ConversationStage.CollectingAddress, ConversationStage.CollectingItems, talk => talk.Say("remove the cement")),
        (ConversationStage.CollectingAddress, ConversationStage.HandedOver, talk => talk.Say("a human please")),
        (ConversationStage.CollectingAddress, ConversationStage.Declined, talk => talk.Say("stop")),
        (ConversationStage.CollectingAddress, ConversationStage.Expired, talk => talk.Wake(talk.Now + talk.Policy.ExpireAfter)),
        (ConversationStage.Confirming, ConversationStage.Quoting, talk => talk.Tap(Acts.Yes)),
        (ConversationStage.Confirming, ConversationStage.CollectingItems, talk => talk.Tap(Acts.No)),
        (ConversationStage.Confirming, ConversationStage.CollectingAddress, talk => talk.Say("another address")),
        (ConversationStage.Confirming, ConversationStage.HandedOver, talk => talk.Tap(Acts.Person)),
        (ConversationStage.Confirming, ConversationStage.Declined, talk => talk.Say("stop")),
        (ConversationStage.Confirming, ConversationStage.Expired, talk => talk.Wake(talk.Now + talk.Policy.ExpireAfter)),
        (ConversationStage.Quoting, ConversationStage.Quoted, talk => talk.Quote()),
        (ConversationStage.Quoting, ConversationStage.Confirming, talk => talk.Say("make that 30 cement")),
        (ConversationStage.Quoting, ConversationStage.CollectingItems, talk => talk.Do(new RecordQuote(1, null, null, new(QuoteRefusal.BelowMinimum, "BRL", 150)))),
        (ConversationStage.Quoting, ConversationStage.CollectingAddress, talk => talk.Do(new RecordQuote(1, null, null, new(QuoteRefusal.NotDelivered, "01310-100")))),
        (ConversationStage.Quoting, ConversationStage.HandedOver, talk => talk.Do(new GiveUpQuote(1, "broken"))),
        (ConversationStage.Quoting, ConversationStage.Declined, talk => talk.Say("stop")),
        (ConversationStage.Quoted, ConversationStage.Accepted, talk => talk.Tap(Acts.Accept)),
        (ConversationStage.Quoted, ConversationStage.Declined, talk => talk.Tap(Acts.Decline)),
        (ConversationStage.Quoted, ConversationStage.Negotiating, talk => talk.Tap(Acts.Negotiate)),
        (ConversationStage.Quoted, ConversationStage.Quoting, talk => talk.Say("30 cement")),
        (ConversationStage.Quoted, ConversationStage.CollectingItems, talk => talk.Say("and some sand")),
        (ConversationStage.Quoted, ConversationStage.CollectingAddress, talk => talk.Say("another address")),
        (ConversationStage.Quoted, ConversationStage.HandedOver, talk => talk.Say("a human please")),
        (ConversationStage.Quoted, ConversationStage.Expired, talk => talk.Wake(talk.Now + Catalogues.Shipped.Validity)),
        (ConversationStage.Negotiating, ConversationStage.Quoting, talk => talk.Say("coupon WELCOME5")),
        (ConversationStage.Negotiating, ConversationStage.Accepted, talk => talk.Tap(Acts.Accept)),
        (ConversationStage.Negotiating, ConversationStage.Declined, talk => talk.Tap(Acts.Decline)),
        (ConversationStage.Negotiating, ConversationStage.HandedOver, talk => talk.Say("still too expensive")),
        (ConversationStage.Negotiating, ConversationStage.CollectingItems, talk => talk.Say("remove the cement")),
        (ConversationStage.Negotiating, ConversationStage.CollectingAddress, talk => talk.Say("another address")),
        (ConversationStage.Negotiating, ConversationStage.Expired, talk => talk.Wake(talk.Now + Catalogues.Shipped.Validity)),
        (ConversationStage.Accepted, ConversationStage.CollectingItems, talk => talk.Say("5 sacks of mortar")),
        (ConversationStage.Accepted, ConversationStage.HandedOver, talk => talk.Say("a human please")),
        (ConversationStage.Accepted, ConversationStage.Declined, talk => talk.Say("stop")),
        (ConversationStage.Declined, ConversationStage.CollectingItems, talk => talk.Say("5 sacks of mortar")),
        (ConversationStage.Declined, ConversationStage.HandedOver, talk => talk.Say("a human please")),
        (ConversationStage.Expired, ConversationStage.Quoting, talk => talk.Tap(Acts.Yes)),
        (ConversationStage.Expired, ConversationStage.CollectingItems, talk => talk.Say("5 sacks of mortar")),
        (ConversationStage.Expired, ConversationStage.HandedOver, talk => talk.Say("a human please")),
        (ConversationStage.Expired, ConversationStage.Declined, talk => talk.Say("stop")),
        (ConversationStage.HandedOver, ConversationStage.CollectingItems, talk => talk.Do(new HandBack("ana"))),
        (ConversationStage.HandedOver, ConversationStage.Declined, talk => talk.Do(new Conclude("ana", false))),
    ];

    [Fact]
    public void Every_edge_of_the_diagram_is_walked()
    {
        foreach (var (from, to, by) in Edges)
        {
            var talk = new Talk().Reach(from);
            Assert.Equal(from, talk.Stage);
            by(talk);
            Assert.True(talk.Stage == to, $"{from} -> {to} led to {talk.Stage}");
        }
    }

    [Fact]
    public void The_diagram_has_no_edge_that_is_not_walked()
    {
        var stages = Enum.GetValues<ConversationStage>();
        var allowed = from one in stages from other in stages where ConversationStages.Allows(one, other) select (one, other);
        var walked = Edges.Select(edge => (edge.From, edge.To)).ToHashSet();
        // these two need a quote in a person's hands, or a customer who is silent while a job runs
        (ConversationStage, ConversationStage)[] elsewhere = [(ConversationStage.HandedOver, ConversationStage.Accepted), (ConversationStage.Quoting, ConversationStage.Expired)];

        Assert.Equal([], allowed.Where(edge => !walked.Contains(edge) && !elsewhere.Contains(edge)));
    }

    [Fact]
    public void A_person_closes_a_deal_that_was_quoted()
    {
        var talk = new Talk().Reach(ConversationStage.Quoted);
        talk.Do(new TakeOver("ana"));

        talk.Do(new Conclude("ana", IsAccepted: true));

        Assert.Equal((ConversationStage.Accepted, null), (talk.Stage, talk.State.Operator));
    }

    [Theory]
    [InlineData(ConversationStage.New)]
    [InlineData(ConversationStage.CollectingItems)]
    [InlineData(ConversationStage.Quoted)]
    public void What_a_stage_does_not_allow_is_refused_with_a_reason(ConversationStage stage)
    {
        var talk = new Talk().Reach(stage);
        var before = talk.State;
        ConversationCommand[] commands = [new HandBack("ana"), new Say("ana", "hello"), new RecordQuote(9, null, null, new(QuoteRefusal.Empty, ""))];

        foreach (var command in commands)
        {
            var answer = Assert.IsType<CommandAnswer>(talk.Do(command));
            Assert.NotNull(answer.Refusal);
        }

        Assert.Equal(before, talk.State);
    }

    [Fact]
    public void A_deal_without_a_quote_is_refused()
    {
        var talk = new Talk().Reach(ConversationStage.CollectingItems);
        talk.Do(new TakeOver("ana"));

        var answer = Assert.IsType<CommandAnswer>(talk.Do(new Conclude("ana", IsAccepted: true)));

        Assert.Contains("without a quote", answer.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_that_comes_again_changes_nothing()
    {
        var talk = new Talk();
        var message = new InboundMessage("wamid.same", InboundKind.Text, talk.Now) { Text = "10 cement" };
        talk.Hear(message);
        var (before, events) = (talk.State, talk.History.Count);

        talk.Hear(message);

        Assert.Equal((before, events), (talk.State, talk.History.Count));
    }

    [Fact]
    public void A_quote_of_an_order_that_was_changed_meanwhile_is_dropped()
    {
        var talk = new Talk().Reach(ConversationStage.Quoting).Say("30 cement").Say("yes");

        var late = Assert.IsType<CommandAnswer>(talk.Do(new RecordQuote(1, new QuoteFigures(1, "BRL", 2, talk.Now), "old", null)));

        Assert.NotNull(late.Refusal);
        Assert.Equal((ConversationStage.Quoting, 2), (talk.Stage, talk.State.Quote!.Revision));
    }

    [Fact]
    public void A_silent_customer_is_reminded_once_and_then_expires()
    {
        var talk = new Talk().Reach(ConversationStage.CollectingAddress).SendAll();
        Assert.Equal(talk.Now + talk.Policy.RemindAfter, talk.WakeAt);

        talk.Wake(talk.WakeAt!.Value).SendAll();
        Assert.Equal(1, talk.History.Count(happened => happened is Reminded));
        Assert.Contains("still there", talk.Last.Text, StringComparison.Ordinal);

        talk.Wake(talk.WakeAt!.Value);
        Assert.Equal((ConversationStage.Expired, 1), (talk.Stage, talk.History.Count(happened => happened is Reminded)));
    }

    [Fact]
    public void Waking_too_early_does_nothing()
    {
        var talk = new Talk().Reach(ConversationStage.CollectingAddress);
        var before = talk.State;

        talk.Wake(talk.WakeAt!.Value - TimeSpan.FromTicks(1));

        Assert.Equal(before, talk.State);
    }

    [Fact]
    public void After_24_hours_free_text_is_not_sent()
    {
        var talk = new Talk().Say("hello");
        talk.Now += TimeSpan.FromHours(24);

        var answer = talk.Do(new BeginSend(1));

        Assert.IsType<SendAnswer.Never>(answer);
        Assert.Empty(talk.State.Outbox);
        Assert.Single(talk.State.Failed);
    }

    [Fact]
    public void After_24_hours_a_reminder_goes_as_the_configured_template()
    {
        var talk = new Talk(new ConversationPolicy { RemindAfter = TimeSpan.FromHours(30), ReminderTemplate = "order_reminder" }).Reach(ConversationStage.Confirming).SendAll();
        talk.Wake(talk.WakeAt!.Value);

        var answer = Assert.IsType<SendAnswer.Go>(talk.Do(new BeginSend(talk.State.Outbox[0].Number)));

        Assert.True(answer.AsTemplate);
        Assert.Equal("order_reminder", answer.Content.Template!.Name);
    }

    [Fact]
    public void An_attempt_of_unknown_outcome_leaves_a_message_in_doubt_until_the_time_is_over()
    {
        var talk = new Talk().Say("hello");
        Assert.IsType<SendAnswer.Go>(talk.Do(new BeginSend(1)));
        talk.Now += TimeSpan.FromSeconds(10);

        var doubt = Assert.IsType<SendAnswer.InDoubt>(talk.Do(new BeginSend(1)));
        Assert.Equal(talk.Policy.DoubtFor - TimeSpan.FromSeconds(10), doubt.Wait);

        talk.Now += doubt.Wait;
        Assert.IsType<SendAnswer.Go>(talk.Do(new BeginSend(1)));
    }

    [Fact]
    public void A_report_of_the_network_ends_the_doubt()
    {
        var talk = new Talk().Say("hello");
        talk.Do(new BeginSend(1));

        talk.Do(new Report(new DeliveryReport("wamid.x", 1, DeliveryStatus.Sent, talk.Now)));

        Assert.Equal(new SendAnswer.Done("wamid.x"), talk.Do(new BeginSend(1)));
    }

    [Fact]
    public void A_customer_gets_some_messages_at_once_and_then_one_in_a_while()
    {
        var talk = new Talk(new ConversationPolicy { Pair = new PairPace(TimeSpan.FromSeconds(6), 3) }).Say("1", "2", "3", "4", "5");
        for (var number = 1; number <= 3; number++)
        {
            Assert.IsType<SendAnswer.Go>(talk.Do(new BeginSend(number)));
            talk.Do(new RecordSent(number, $"wamid.{number}"));
        }

        Assert.Equal(new SendAnswer.TooSoon(TimeSpan.FromSeconds(6)), talk.Do(new BeginSend(4)));
        Assert.Null(talk.State.Outbox[0].StartedAt);
        talk.Now += TimeSpan.FromSeconds(6);
        Assert.IsType<SendAnswer.Go>(talk.Do(new BeginSend(4)));
        talk.Do(new RecordSent(4, "wamid.4"));
        talk.Now += TimeSpan.FromSeconds(2);
        Assert.Equal(new SendAnswer.TooSoon(TimeSpan.FromSeconds(4)), talk.Do(new BeginSend(5)));
        Assert.Equal(talk.State.PaceRestoredAt, talk.Folded.PaceRestoredAt);
    }

    [Fact]
    public void The_rate_of_a_business_number_counts_the_messages_of_all_its_conversations()
    {
        var talk = new Talk().Say("hello");

        var send = Assert.Single(ConversationWork.Of(Talk.Id.ToString(), talk.State, Language.En)).Submit;

        Assert.Equal(Talk.Id.Business, send.ConcurrencyKey);
    }

    [Theory]
    [InlineData("no wait, 12 sacks", "12 sacks Cement 50 kg, 2.5 m3 Washed sand")]
    [InlineData("make it 4", "10 sacks Cement 50 kg, 4 m3 Washed sand")]
    [InlineData("make it 4.3", "10 sacks Cement 50 kg, 2.5 m3 Washed sand")]
    [InlineData("make it 99999999999", "10 sacks Cement 50 kg, 2.5 m3 Washed sand")]
    [InlineData("12 pallets", "10 sacks Cement 50 kg, 2.5 m3 Washed sand")]
    [InlineData("cancel everything", "")]
    public void A_correction_without_goods_is_about_those_it_can_mean(string said, string goods)
    {
        var talk = new Talk().Say("10 sacks of cement and 2.5 m3 of sand", said);

        Assert.Equal(goods, string.Join(", ", talk.State.Cart.Select(line => line.InWords(Language.En))));
        Assert.Equal(ConversationStage.CollectingItems, talk.Stage);
    }

    [Theory]
    [InlineData("change that to 30 sacks", ConversationStage.Quoting)]
    [InlineData("30", ConversationStage.Quoted)]
    public void Beside_a_quote_a_number_is_about_goods_only_with_its_unit(string said, ConversationStage expected) =>
        Assert.Equal(expected, new Talk().Reach(ConversationStage.Quoted).Say(said).Stage);

    [Theory]
    [InlineData("change")]
    [InlineData("change something")]
    public void What_stands_on_a_button_can_be_written(string said) =>
        Assert.Equal(ConversationStage.CollectingItems, new Talk().Reach(ConversationStage.Confirming).Say(said).Stage);

    [Fact]
    public void After_three_messages_that_answer_no_question_a_person_is_offered()
    {
        var talk = new Talk().Say("sand", "asdf", "qwer");
        Assert.DoesNotContain(talk.Last.Choices, choice => choice.Id == "act:Person");

        talk.Say("zxcv");

        Assert.Contains(talk.Last.Choices, choice => choice.Id == "act:Person");
        talk.Say("3");
        Assert.Equal(3, Assert.Single(talk.State.Cart).Quantity);
    }

    [Fact]
    public void Messages_leave_one_after_the_other()
    {
        var talk = new Talk().Say("hello", "10 cement");

        Assert.IsType<SendAnswer.NotNow>(talk.Do(new BeginSend(2)));
        Assert.Single(ConversationWork.Of(Talk.Id.ToString(), talk.State, Language.En));
    }

    [Fact]
    public void Who_wants_no_messages_gets_one_last_and_then_none()
    {
        var talk = new Talk().Reach(ConversationStage.Quoted).Say("STOP");
        Assert.Single(talk.State.Outbox);

        talk.SendAll().Say("10 cement", "hello?");
        Assert.Empty(talk.State.Outbox);
        Assert.Null(talk.WakeAt);
        talk.Do(new TakeOver("ana"));
        Assert.NotNull(Assert.IsType<CommandAnswer>(talk.Do(new Say("ana", "hello"))).Refusal);

        talk.Do(new HandBack("ana"));
        talk.Say("start");
        Assert.Equal((false, ConversationStage.CollectingItems), (talk.State.OptedOut, talk.Stage));
    }

    [Fact]
    public void While_a_person_answers_the_system_is_silent()
    {
        var talk = new Talk().Reach(ConversationStage.CollectingItems).SendAll();
        talk.Do(new TakeOver("ana"));

        talk.Say("10 sand", "stop it please, are you there?");

        Assert.Empty(talk.State.Outbox);
        var said = Assert.IsType<CommandAnswer>(talk.Do(new Say("ana", "Here I am", "form-1")));
        Assert.Equal(said.Number, talk.State.Outbox.Single().Number);
        talk.Do(new Say("ana", "Here I am", "form-1"));
        Assert.Single(talk.State.Outbox);
    }

    [Fact]
    public void A_customer_who_leaves_a_persons_hands_can_be_taken_over_again()
    {
        var talk = new Talk().Reach(ConversationStage.Quoted);
        talk.Do(new TakeOver("ana"));

        talk.Say("STOP").SendAll().Say("START");
        var answer = (CommandAnswer)talk.Do(new TakeOver("bob"))!;

        Assert.Equal((null, ConversationStage.HandedOver, "bob"), (answer.Refusal, talk.Stage, talk.State.Operator));
    }

    [Fact]
    public void A_dead_letter_that_is_retried_is_in_doubt_like_any_other_message()
    {
        var talk = new Talk().Say("hello");
        talk.Do(new BeginSend(1));
        talk.Do(new RecordSendFailure(1, "broken", IsFinal: true));

        Assert.IsType<SendAnswer.Go>(talk.Do(new BeginSend(1)));
        Assert.IsType<SendAnswer.InDoubt>(talk.Do(new BeginSend(1)));
        talk.Now += talk.Policy.DoubtFor;
        Assert.IsType<SendAnswer.Go>(talk.Do(new BeginSend(1)));
    }

    [Fact]
    public void What_did_not_get_there_before_a_customer_opted_out_is_not_tried_again()
    {
        var talk = new Talk().Say("hello");
        talk.Do(new BeginSend(1));
        talk.Say("STOP");
        talk.Do(new RecordSendFailure(1, "not taken", IsFinal: false));

        Assert.IsType<SendAnswer.Never>(talk.Do(new BeginSend(1)));
        Assert.IsType<SendAnswer.Go>(talk.Do(new BeginSend(2))); // that they get none any more
    }

    [Fact]
    public void Two_people_do_not_answer_at_once()
    {
        var talk = new Talk().Reach(ConversationStage.Quoted);
        talk.Do(new TakeOver("ana"));

        Assert.Null(Assert.IsType<CommandAnswer>(talk.Do(new TakeOver("ana"))).Refusal);
        Assert.Contains("ana", Assert.IsType<CommandAnswer>(talk.Do(new TakeOver("bob"))).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flood_of_messages_is_all_kept_and_answered_within_bounds()
    {
        var talk = new Talk().Say([.. Enumerable.Range(0, 500).Select(i => $"gibberish number {i}x")]);

        Assert.Equal(500, talk.History.Count(happened => happened is MessageReceived));
        Assert.InRange(talk.State.Outbox.Count, 1, 20);
        Assert.Equal(500, talk.State.Seen.Count());
    }

    [Fact]
    public void Every_event_survives_being_stored()
    {
        var codec = ConversationCodec.Instance;
        var talk = new Talk().Reach(ConversationStage.Negotiating).SendAll().Say("coupon WELCOME5").Quote().SendAll().Say("rebar").Say("a human");

        Assert.All(talk.History, happened => Assert.Equivalent(happened, codec.DecodeEvent(codec.TypeOf(happened), codec.EncodeEvent(happened)), strict: true));
        Assert.Equivalent(talk.State, codec.DecodeState(codec.EncodeState(talk.State)), strict: true);
    }

    [Fact]
    public void Every_kind_of_event_can_be_stored_and_evolved()
    {
        var types = typeof(ConversationEvent).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(ConversationEvent))).ToArray();

        Assert.NotEmpty(types);
        Assert.All(types, type => Assert.NotNull(type.GetCustomAttribute<ActorJobs.Actors.Entities.EventTypeAttribute>()));
        Assert.All(types, type => Assert.NotNull(ConversationJsonContext.Default.GetTypeInfo(type)));
    }
}
