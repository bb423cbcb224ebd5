namespace ActorJobs.Limits;

/// <summary>Looks tenants' settings up.</summary>
internal sealed class TenantTable(IDictionary<string, TenantOptions> configured)
{
    private const string Others = "default";

    private readonly TenantOptions others = configured.TryGetValue(Others, out var set) ? set : new TenantOptions();

    /// <summary>Whether any tenant's running jobs are bounded.</summary>
    public bool BoundsRunning { get; } = configured.Values.Any(tenant => tenant.Running is not null);

    /// <summary>Whether any tenant's stored jobs are bounded.</summary>
    public bool BoundsStored { get; } = configured.Values.Any(tenant => tenant.Stored is not null);

    public TenantOptions Of(string? tenant) => tenant is { Length: > 0 } && configured.TryGetValue(tenant, out var own) ? own : others;

    public double WeightOf(string tenant) => Of(tenant).Weight;

    /// <summary>How many of a tenant's jobs may run at once; jobs without a tenant are nobody's.</summary>
    public int? RunningOf(string? tenant) => tenant is null ? null : Of(tenant).Running;
}
