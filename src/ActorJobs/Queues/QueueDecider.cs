using System.Text.Json.Serialization;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Queues;

/// <summary>How a queue was steered. Durable: an entity per queue.</summary>
internal sealed record QueueSettings(bool Paused, bool Draining, long? Capacity)
{
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
        var (paused, draining, capacity) = command.Change;
        var next = new QueueSettings(paused ?? state.Paused, draining ?? state.Draining, capacity ?? state.Capacity);
        return next == state ? Decision.Reply<QueueChanged>(state) : Decision.Happened(new QueueChanged(next, context.Now), next);
    }

    public QueueSettings Evolve(QueueSettings state, QueueChanged happened) => happened.Settings;

    // settings as they are by default need no place in the list: the list is read at start
    public Intents Intents(QueueSettings state) => state == QueueSettings.Default
        ? Actors.Entities.Intents.None
        : new Intents { Entries = [new IndexEntry(Index, 0)] };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(QueueSettings))]
[JsonSerializable(typeof(QueueChanged))]
internal sealed partial class QueueJsonContext : JsonSerializerContext;
