using System.Text.Json;
using ActorJobs.Actors.Entities;

namespace ActorJobs.Actors.Tests.Entities;

/// <summary>A kind whose events cannot be written: infinity is no number in JSON.</summary>
internal sealed class UnwritableKind : IDecider<UnwritableKind.State, string, UnwritableKind.Grew>
{
    public const string Name = "unwritable";

    public static EntityKind<State, string, Grew> Kind { get; } =
        new(Name, new UnwritableKind(), new JsonEntityCodec<State, Grew>(Name, JsonSerializerOptions.Web));

    State IDecider<State, string, Grew>.Initial { get; } = new(0);

    Decision<Grew> IDecider<State, string, Grew>.Decide(State state, string command, DecisionContext context) =>
        Decision.Happened(new Grew(double.PositiveInfinity), "grew");

    State IDecider<State, string, Grew>.Evolve(State state, Grew happened) => new(state.Size + happened.By);

    internal sealed record State(double Size);

    internal sealed record Grew(double By);
}
