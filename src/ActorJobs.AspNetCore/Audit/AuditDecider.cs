using System.Text.Json;
using System.Text.Json.Serialization;
using ActorJobs.Actors.Entities;

namespace ActorJobs.AspNetCore;

/// <summary>An entry of the audit log as an entity: it begins, it ends, and it is deleted when it is old enough. Nothing else changes it.</summary>
internal sealed class AuditDecider : IDecider<AuditState, AuditCommand, AuditEvent>
{
    public const string Kind = "audit";

    /// <summary>The list of all entries, by time.</summary>
    public const string Index = "audit";

    public static JsonEntityCodec<AuditState, AuditEvent> Codec { get; } = new(Kind, AuditJsonContext.Default.Options);

    public AuditState Initial => AuditState.None;

    public Decision<AuditEvent> Decide(AuditState state, AuditCommand command, DecisionContext context) => command switch
    {
        BeginAudit begin when state.Entry is null => Decision.Happened<AuditEvent>(new AuditBegan(begin.Entry, begin.DeleteAt), AuditReply.Instance),
        EndAudit end when state.Entry is { Outcome: AuditOutcome.Unknown } =>
            Decision.Happened<AuditEvent>(new AuditEnded(end.Outcome, end.Reason, end.Details, end.Problem), AuditReply.Instance),
        ForgetAudit when state.Entry is not null && state.DeleteAt > context.Now => Decision.Happened<AuditEvent>(new AuditForgotten(context.Now), AuditReply.Instance),
        // said before, or of an entry that is gone
        _ => Decision.Reply<AuditEvent>(AuditReply.Instance),
    };

    public AuditState Evolve(AuditState state, AuditEvent happened) => happened switch
    {
        AuditBegan began => new AuditState(began.Entry, began.DeleteAt),
        AuditEnded ended => state with
        {
            Entry = state.Entry! with { Outcome = ended.Outcome, Reason = ended.Reason, Details = ended.Details, Problem = ended.Problem },
        },
        AuditForgotten forgotten => state with { DeleteAt = forgotten.At },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public Intents Intents(AuditState state) => state.Entry is not { } entry
        ? Actors.Entities.Intents.None
        : new Intents { Entries = [new IndexEntry(Index, entry.At.ToUnixTimeMilliseconds())], DeleteAt = state.DeleteAt };
}

/// <summary>An entry, and when it goes.</summary>
internal sealed record AuditState(AuditEntry? Entry, DateTimeOffset DeleteAt)
{
    public static AuditState None { get; } = new(null, default);
}

/// <summary>What can be asked of an entry.</summary>
internal abstract record AuditCommand;

/// <summary>Keep it.</summary>
internal sealed record BeginAudit(AuditEntry Entry, DateTimeOffset DeleteAt) : AuditCommand;

/// <summary>Keep what became of it.</summary>
internal sealed record EndAudit(AuditOutcome Outcome, string? Reason, string? Details, string? Problem) : AuditCommand;

/// <summary>Go now: there are too many.</summary>
internal sealed record ForgetAudit : AuditCommand;

/// <summary>It is durable.</summary>
internal sealed record AuditReply
{
    public static AuditReply Instance { get; } = new();
}

/// <summary>What happens to an entry.</summary>
internal abstract record AuditEvent;

[EventType("audit.began.v1")]
internal sealed record AuditBegan(AuditEntry Entry, DateTimeOffset DeleteAt) : AuditEvent;

[EventType("audit.ended.v1")]
internal sealed record AuditEnded(AuditOutcome Outcome, string? Reason, string? Details, string? Problem) : AuditEvent;

[EventType("audit.forgotten.v1")]
internal sealed record AuditForgotten(DateTimeOffset At) : AuditEvent;

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, UseStringEnumConverter = true)]
[JsonSerializable(typeof(AuditState))]
[JsonSerializable(typeof(AuditBegan))]
[JsonSerializable(typeof(AuditEnded))]
[JsonSerializable(typeof(AuditForgotten))]
internal sealed partial class AuditJsonContext : JsonSerializerContext;
