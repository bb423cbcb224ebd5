namespace ActorJobs.Limits;

/// <summary>What a limit counts over: the whole queue, one key or one tenant in it.</summary>
/// <param name="Sort">Which of them.</param>
/// <param name="Name">The key or the tenant; null for the whole queue.</param>
internal readonly record struct LimitScope(LimitSort Sort, string? Name)
{
    public static LimitScope Queue => default;

    public static LimitScope Key(string? name) => new(LimitSort.Key, name);

    public static LimitScope Tenant(string? name) => new(LimitSort.Tenant, name);
}

internal enum LimitSort
{
    Queue, Key, Tenant,
}
