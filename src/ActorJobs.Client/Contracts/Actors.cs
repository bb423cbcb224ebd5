namespace ActorJobs.Client;

/// <summary>Actors of a node: <c>GET /api/v1/actors</c>.</summary>
/// <param name="Items">The actors, parents before children.</param>
/// <param name="Total">How many match, those beyond the limit too.</param>
public sealed record ActorList(IReadOnlyList<ActorItem> Items, int Total);

/// <summary>An actor at one instant.</summary>
/// <param name="Path">Where it is in the tree, for instance <c>/pool-default</c>.</param>
/// <param name="State">Starting, Running, Failed, Restarting, Stopping or Stopped.</param>
/// <param name="Mailbox">How many messages wait.</param>
/// <param name="Restarts">How often it was made anew after a failure.</param>
public sealed record ActorItem(string Path, string State, int Mailbox, int Restarts);
