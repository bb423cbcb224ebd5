using System.Text.Json;
using System.Text.Json.Serialization;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Hosting;

/// <summary>Makes kinds of entities out of an application's deciders: stored as plain JSON, repeated commands recognised by their ids.</summary>
internal static class UserEntity
{
    private const int RememberedCommands = 32;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static EntityKind Kind<TDecider, TState, TCommand, TEvent>(string kind)
        where TDecider : class, IDecider<TState, TCommand, TEvent>, new()
        where TState : class
        where TCommand : class
        where TEvent : class =>
        new EntityKind<TState, TCommand, TEvent>(kind, new TDecider(), new JsonEntityCodec<TState, TEvent>(kind, Json))
        {
            RememberedCommands = RememberedCommands,
        };
}
