using System.Text.Json;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Actors.Tests.Entities;

/// <summary>An entity that has parcels delivered to others, and takes parcels itself.</summary>
/// <param name="Owed">The parcels not yet acknowledged, by number.</param>
/// <param name="Answers">What came back, in order.</param>
/// <param name="Taken">The parcels received, each once.</param>
internal sealed record Courier(IReadOnlyList<Parcel> Owed, IReadOnlyList<string> Answers, IReadOnlyList<int> Taken)
{
    public const string KindName = "courier";

    public static Courier None { get; } = new([], [], []);

    public static EntityKey Key(string id) => new(KindName, id);

    public static EntityKind<Courier, CourierCommand, CourierEvent> Kind(bool isSparse = false) =>
        new(KindName, new CourierDecider(), new JsonEntityCodec<Courier, CourierEvent>(KindName, JsonSerializerOptions.Web)) { StoresStateSparsely = isSparse };
}

internal sealed record Parcel(int Number, string To);

internal abstract record CourierCommand
{
    public sealed record Deliver(IReadOnlyList<Parcel> Parcels) : CourierCommand;

    public sealed record Take(int Number) : CourierCommand;

    public sealed record Acknowledge(IReadOnlyList<OutboxAnswer> Answers) : CourierCommand;
}

internal abstract record CourierEvent
{
    public sealed record Promised(IReadOnlyList<Parcel> Parcels) : CourierEvent;

    public sealed record Received(int Number) : CourierEvent;

    public sealed record Delivered(IReadOnlyList<int> Numbers, IReadOnlyList<string> Replies) : CourierEvent;
}

internal sealed class CourierDecider : IDecider<Courier, CourierCommand, CourierEvent>
{
    public Courier Initial => Courier.None;

    public CourierCommand Answered(IReadOnlyList<OutboxAnswer> answers) => new CourierCommand.Acknowledge(answers);

    public Decision<CourierEvent> Decide(Courier state, CourierCommand command, DecisionContext context) => command switch
    {
        CourierCommand.Deliver deliver => Decision.Happened<CourierEvent>(new CourierEvent.Promised(deliver.Parcels), "promised"),
        CourierCommand.Take take when state.Taken.Contains(take.Number) => Decision.Reply<CourierEvent>($"again {take.Number}"),
        CourierCommand.Take take => Decision.Happened<CourierEvent>(new CourierEvent.Received(take.Number), $"took {take.Number}"),
        CourierCommand.Acknowledge acknowledge => Decision.Happened<CourierEvent>(
            new CourierEvent.Delivered(
                [.. acknowledge.Answers.Select(answer => int.Parse(answer.Id, System.Globalization.CultureInfo.InvariantCulture))],
                [.. acknowledge.Answers.Select(answer => $"{answer.Reply}")]),
            null),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public Courier Evolve(Courier state, CourierEvent happened) => happened switch
    {
        CourierEvent.Promised promised => state with { Owed = [.. state.Owed, .. promised.Parcels] },
        CourierEvent.Received received => state with { Taken = [.. state.Taken, received.Number] },
        CourierEvent.Delivered delivered => state with
        {
            Owed = [.. state.Owed.Where(parcel => !delivered.Numbers.Contains(parcel.Number))],
            Answers = [.. state.Answers, .. delivered.Replies],
        },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public Intents Intents(Courier state) => new()
    {
        Outbox = [.. state.Owed.Select(parcel => new OutboxMessage($"{parcel.Number}", Courier.Key(parcel.To), new CourierCommand.Take(parcel.Number)))],
    };
}
