namespace ActorJobs.Actors.Entities;

/// <summary>Addresses an entity.</summary>
/// <param name="Kind">Which decider defines it, for instance <c>job</c>.</param>
/// <param name="Id">Which one of the kind; 1 to 200 characters.</param>
public readonly record struct EntityKey(string Kind, string Id)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kind}/{Id}";
}
