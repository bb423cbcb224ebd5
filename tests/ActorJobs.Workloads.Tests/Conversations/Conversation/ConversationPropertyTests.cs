using System.Text;
using ActorJobs.TestKit.Specs;
using ActorJobs.Workloads.Conversations;

namespace ActorJobs.Workloads.Tests.Conversations.Conversation;

/// <summary>What holds for every conversation, whatever is said and done in it and in whichever order.</summary>
public sealed class ConversationPropertyTests
{
    private const int Conversations = 100;
    private const int Steps = 120;

    [Fact]
    public void Whatever_is_said_and_done_the_laws_hold()
    {
        var seed = Seed.Next();
        var reached = new HashSet<ConversationStage>();
        for (var number = 0; number < Conversations; number++)
            new Life(seed + number, reached).Live();

        Assert.Equal(Enum.GetValues<ConversationStage>(), reached.Order());
    }

    /// <summary>One conversation, until enough has happened.</summary>
    private sealed class Life(int seed, HashSet<ConversationStage> reached)
    {
        private readonly RandomSayings random = new(new Random(seed));
        private readonly Talk talk = new();
        private readonly Dictionary<long, DateTimeOffset> atGateway = []; // attempts of which nothing has come back
        private readonly HashSet<long> sent = [];
        private readonly HashSet<string> heard = [];
        private long firstAfterOptOut;
        private Func<string> last = () => "";

        public void Live()
        {
            for (var step = 0; step < Steps; step++)
            {
                talk.Now += random.Pause;
                if (talk.WakeAt <= talk.Now)
                    Wake();
                Do(random.Next(talk.State, talk.Now));
            }

            Same(talk.State, talk.Folded, "the history tells the state");
            Same(talk.State, ConversationCodec.Instance.DecodeState(ConversationCodec.Instance.EncodeState(talk.State)), "what is stored is the state");
        }

        private void Wake()
        {
            Do(new WakeUp());
            That(talk.WakeAt is null || talk.WakeAt > talk.Now, "a wake leads to a later one or none");
        }

        private void Do(ConversationCommand command)
        {
            var (before, known) = (talk.State, talk.History.Count);
            last = () => $"{command} at {talk.Now:O} in {before.Stage}";
            var reply = talk.Do(command);
            var happened = talk.History.Skip(known).ToArray();
            reached.Add(talk.Stage);

            Walked(before, happened);
            Spoken(before, command, happened);
            Sent(before, command, reply, happened);
            Listed(talk.State);
            if (command is Receive receive)
                That(heard.Add(receive.Message.Id) == (reply is Receipt { IsNew: true }) && happened.Length > 0 == ((Receipt)reply!).IsNew, "a message counts once");
            if (reply is CommandAnswer { Refusal: not null })
                That(happened.Length == 0, "what is refused changes nothing");
        }

        private void Walked(ConversationState before, ConversationEvent[] happened)
        {
            var stage = before.Stage;
            foreach (var entered in happened.OfType<StageEntered>())
            {
                That(entered.From == stage && ConversationStages.Allows(stage, entered.To), $"{entered.From} leads to {entered.To}");
                stage = entered.To;
            }

            var state = talk.State;
            That(state.Stage == stage, "stages are left and entered");
            That(!state.Stage.HasQuote() || state.Quote?.Figures is not null, "who has a quote has its figures");
            That(state.Stage != ConversationStage.Accepted || state.Quote?.Figures is not null, "what was accepted was quoted");
            That(state.Stage != ConversationStage.Quoting || state.Quote is { Figures: null }, "what is being worked out has no figures yet");
            That(state.Operator is null || state.Stage == ConversationStage.HandedOver, "a person answers only where it was handed over");
        }

        private void Spoken(ConversationState before, ConversationCommand command, ConversationEvent[] happened)
        {
            var queued = happened.OfType<MessageQueued>().ToArray();
            That(queued.Select(message => message.Number).SequenceEqual(Enumerable.Range(0, queued.Length).Select(number => before.NextNumber + number)), "messages are numbered without a gap");
            var wasAsked = happened.Any(one => one is OptedOut or OptedIn);
            if (happened.Any(one => one is OptedOut))
                firstAfterOptOut = before.NextNumber;
            That(queued.Length == 0 || !before.OptedOut || wasAsked, "who wants no messages gets none");
            That(queued.Length == 0 || command is not Receive || before.Stage != ConversationStage.HandedOver || wasAsked, "while a person answers the system is silent");
            That(talk.State is { Outbox.Count: <= 20, Sent.Count: <= 40, Failed.Count: <= 10 } && talk.State.Seen.Count() <= SeenIds.Most, "what is known is bounded");
        }

        private void Sent(ConversationState before, ConversationCommand command, object? reply, ConversationEvent[] happened)
        {
            foreach (var one in happened.OfType<MessageSent>())
                That(sent.Add(one.Number), "a message is sent once");
            foreach (var number in happened.OfType<MessageSent>().Select(one => one.Number).Concat(happened.OfType<SendFailed>().Select(one => one.Number)))
                atGateway.Remove(number);
            if (reply is not SendAnswer.Go || command is not BeginSend(var begun))
                return;
            That(!sent.Contains(begun), "what was sent is not sent again");
            That(!before.OptedOut || begun >= firstAfterOptOut, "nothing from before goes to who wants no messages");
            That(!atGateway.TryGetValue(begun, out var at) || talk.Now >= at + talk.Policy.DoubtFor, "an attempt of unknown outcome leaves the message in doubt");
            That(ConversationPolicy.IsWindowOpen(before, talk.Now), "free text goes within the window only");
            atGateway[begun] = talk.Now;
        }

        private void Listed(ConversationState state)
        {
            var intents = talk.Intents;
            if (state.LastAt == default)
            {
                That(intents.Entries.Count == 0 && intents.WakeAt is null && intents.DeleteAt is null, "what has not begun leaves nothing");
                return;
            }

            That(intents.Entries.Count(entry => entry.Index == ConversationIndex.Of(state.Stage)) == 1, "listed under its stage");
            That(intents.Entries.Count(entry => entry.Index == ConversationIndex.Work) == (state.HasWork ? 1 : 0), "listed as work while there is some");
            That(intents.Entries.Count == (state.HasWork ? 2 : 1), "listed nowhere else");
            That(intents.WakeAt is null || intents.DeleteAt is null, "never woken and deleted");
            That(state.HasWork || (intents.WakeAt ?? intents.DeleteAt) is not null, "what rests is woken or deleted some time");
        }

        private void Same(ConversationState expected, ConversationState actual, string law)
        {
            var (wanted, got) = (Text(expected), Text(actual));
            That(wanted == got, $"{law}: {wanted} is not {got}");
        }

        private static string Text(ConversationState state) => Encoding.UTF8.GetString(ConversationCodec.Instance.EncodeState(state).Span);

        private void That(bool holds, string law)
        {
            if (!holds)
                Assert.Fail($"{law} ({last()}; set ACTORJOBS_SEED={seed})");
        }
    }
}
