using System.Diagnostics;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Workloads.Conversations;

/// <summary>What one command leads to, event by event, against the state as it becomes. Lives for one decision.</summary>
internal sealed class Turn(ConversationDecider decider, ConversationState state, Language fallback, DecisionContext context)
{
    // a customer who writes faster than messages can be sent is answered later; what they said is kept all the same
    private const int MaxOutbox = 20;

    private readonly List<ConversationEvent> events = [];

    public ConversationState State { get; private set; } = state;

    public DateTimeOffset Now => context.Now;

    public EntityKey Key => context.Key;

    /// <summary>The language to answer in.</summary>
    public Language Language => State.Language ?? fallback;

    public Phrases Words => Phrases.In(Language);

    public void Happen(ConversationEvent happened)
    {
        events.Add(happened);
        State = decider.Evolve(State, happened);
    }

    /// <summary>Goes to another stage; staying is no event.</summary>
    public void Enter(ConversationStage stage, string reason)
    {
        if (stage == State.Stage)
            return;
        if (!ConversationStages.Allows(State.Stage, stage))
            throw new UnreachableException($"{State.Stage} does not lead to {stage}");
        Happen(new StageEntered(State.Stage, stage, reason, Now));
    }

    /// <summary>Queues a message to the customer.</summary>
    /// <returns>Its number, or null when too many wait already.</returns>
    public long? Say(OutboundContent content, string? by = null)
    {
        if (State.Outbox.Count >= MaxOutbox)
            return null;
        var most = content.Choices.Count == 0 ? OutboundContent.MaxText : OutboundContent.MaxTextWithChoices;
        var number = State.NextNumber;
        // what does not fit beside buttons is said without them: nothing of a quote may be cut off
        if (content.Text.Length > most && content.Choices.Count > 0 && content.Text.Length <= OutboundContent.MaxText)
            content = content with { Choices = [] };
        else if (content.Text.Length > most)
            content = content with { Text = string.Concat(content.Text.AsSpan(0, most - 1), "…") };
        Happen(new MessageQueued(number, content, by, Now));
        return number;
    }

    public long? Say(string text, params IReadOnlyList<Choice> choices) => Say(new OutboundContent(text) { Choices = choices });

    public Decision<ConversationEvent> End(object reply) => new(events, reply);
}
