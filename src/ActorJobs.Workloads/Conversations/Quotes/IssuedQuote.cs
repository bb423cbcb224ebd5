using System.Text.Json.Serialization;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Workloads.Conversations;

/// <summary>A quote that can be looked at under an address of its own: all its revisions. Its id is random, for whoever has the address may read it.</summary>
public sealed record IssuedQuote(string? Conversation, string Number, IReadOnlyList<QuoteRevision> Revisions)
{
    /// <summary>No quote.</summary>
    public static IssuedQuote None { get; } = new(null, "", []);
}

/// <summary>A quote as it was at a time.</summary>
public sealed record QuoteRevision(int Revision, Quote Quote, Language Language, string Business, string Address, DateTimeOffset At);

/// <summary>Issues a revision. Repeating it changes nothing: the first figures stay, whatever the catalogue says by now.</summary>
internal sealed record IssueQuote(string Conversation, string Number, QuoteRevision Revision);

/// <summary>What happens to quotes.</summary>
internal abstract record QuoteEvent;

/// <summary>A revision was issued.</summary>
[EventType("quote.issued.v1")]
internal sealed record QuoteIssued(string Conversation, string Number, QuoteRevision Revision) : QuoteEvent;

/// <summary>The quotes' decider. Replies the revision in force for the number asked.</summary>
internal sealed class QuoteDecider(TimeSpan retention) : IDecider<IssuedQuote, IssueQuote, QuoteEvent>
{
    public const string Kind = "quote";

    // what was said to a customer stays readable; the older figures of a long haggle do not
    private const int MaxRevisions = 50;

    public static JsonEntityCodec<IssuedQuote, QuoteEvent> Codec { get; } = new(Kind, QuoteJsonContext.Default.Options);

    public IssuedQuote Initial => IssuedQuote.None;

    public static EntityKey Key(string id) => new(Kind, id);

    public Decision<QuoteEvent> Decide(IssuedQuote state, IssueQuote command, DecisionContext context)
    {
        if (state.Revisions.FirstOrDefault(revision => revision.Revision == command.Revision.Revision) is { } issued)
            return Decision.Reply<QuoteEvent>(issued);
        // the job of a revision that nobody waits for any more, come back after all those that followed
        if (state.Revisions.Count == MaxRevisions && command.Revision.Revision < state.Revisions[0].Revision)
            return Decision.Reply<QuoteEvent>(command.Revision);
        return Decision.Happened<QuoteEvent>(new QuoteIssued(command.Conversation, command.Number, command.Revision), command.Revision);
    }

    public IssuedQuote Evolve(IssuedQuote state, QuoteEvent happened) => happened switch
    {
        // by number, not as they come: the job of an earlier revision may end after that of a later one, which is the one in force
        QuoteIssued(var conversation, var number, var revision) =>
            new(conversation, number, [.. state.Revisions.Append(revision).OrderBy(each => each.Revision).TakeLast(MaxRevisions)]),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public Intents Intents(IssuedQuote state) =>
        state.Revisions is [.., var last] ? new Intents { DeleteAt = last.Quote.ValidUntil + retention } : Actors.Entities.Intents.None;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IssuedQuote))]
[JsonSerializable(typeof(QuoteIssued))]
internal sealed partial class QuoteJsonContext : JsonSerializerContext;
