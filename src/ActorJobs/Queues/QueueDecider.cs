using System.Text.Json.Serialization;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Queues;

/// <summary>How a queue was steered. Durable: an entity per queue.</summary>
internal sealed record QueueSettings(bool Paused, bool Draining, long? Capacity)
{
    /// <summary>The limits an operator has set, as <see cref="QueueChange"/> has them; null for those that are as configured.</summary>
    public string? Rate { get; init; }

    public int? Concurrency { get; init; }

    public string? KeyRate { get; init; }

    public int? KeyConcurrency { get; init; }

    public static QueueSettings Default { get; } = new(false, false, null);
}

/// <summary>What can be asked of a queue. Answers the settings after it.</summary>
internal sealed record ChangeQueue(QueueChange Change);

/// <summary>The settings were changed.</summary>
[EventType("queue.changed.v1")]
internal sealed record QueueChanged(QueueSettings Settings, DateTimeOffset At);

/// <summary>A queue's settings over time.</summary>
internal sealed class QueueDecider : IDecider<QueueSettings, ChangeQueue, QueueChanged>
{
    public const string Kind = "queue";

    public QueueSettings Initial => QueueSettings.Default;

    public static JsonEntityCodec<QueueSettings, QueueChanged> Codec { get; } = new(Kind, QueueJsonContext.Default.Options);

    public static string Index => Kind;

    public Decision<QueueChanged> Decide(QueueSettings state, ChangeQueue command, DecisionContext context)
    {
        var change = command.Change;
        var next = new QueueSettings(change.Paused ?? state.Paused, change.Draining ?? state.Draining, change.Capacity ?? state.Capacity)
        {
            Rate = Changed(state.Rate, change.Rate),
            Concurrency = Changed(state.Concurrency, change.Concurrency),
            KeyRate = Changed(state.KeyRate, change.KeyRate),
            KeyConcurrency = Changed(state.KeyConcurrency, change.KeyConcurrency),
        };
        return next == state ? Decision.Reply<QueueChanged>(state) : Decision.Happened(new QueueChanged(next, context.Now), next);
    }

    public QueueSettings Evolve(QueueSettings state, QueueChanged happened) => happened.Settings;

    private static string? Changed(string? now, string? wanted) => wanted is null ? now : wanted == QueueChange.Configured ? null : wanted;

    private static int? Changed(int? now, int? wanted) => wanted is null ? now : wanted < 0 ? null : wanted;

    // settings as they are by default need no place in the list: the list is read at start
    public Intents Intents(QueueSettings state) => state == QueueSettings.Default
        ? Actors.Entities.Intents.None
        : new Intents { Entries = [new IndexEntry(Index, 0)] };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(QueueSettings))]
[JsonSerializable(typeof(QueueChanged))]
internal sealed partial class QueueJsonContext : JsonSerializerContext;
