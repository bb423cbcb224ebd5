namespace ActorJobs.Limits;

/// <summary>
/// Whose turn it is among tenants that all have work: stride scheduling. Each turn moves a tenant on by the inverse of its weight, and whoever is
/// least far on comes next; one that comes (back) begins where the others are, so that an absence saves up nothing.
/// </summary>
/// <param name="weightOf">The weight of a tenant; above 0.</param>
internal sealed class FairShare(Func<string, double> weightOf)
{
    private const int MaxKept = 10_000;

    private readonly Dictionary<string, double> passes = new(StringComparer.Ordinal);
    private double virtualTime; // how far the tenant was that had the last turn

    /// <summary>How far a tenant is.</summary>
    public double PassOf(string tenant) => passes.TryGetValue(tenant, out var pass) ? Math.Max(pass, virtualTime - StrideOf(tenant)) : virtualTime;

    /// <summary>The tenant has had a turn.</summary>
    public void Charge(string tenant)
    {
        var pass = PassOf(tenant);
        virtualTime = Math.Max(virtualTime, pass);
        passes[tenant] = pass + StrideOf(tenant);
        if (passes.Count > MaxKept)
            Forget();
    }

    /// <summary>The turn came to nothing.</summary>
    public void Refund(string tenant)
    {
        if (passes.TryGetValue(tenant, out var pass))
            passes[tenant] = pass - StrideOf(tenant);
    }

    private double StrideOf(string tenant) => 1 / weightOf(tenant);

    // those behind the others are as good as new ones
    private void Forget()
    {
        foreach (var tenant in passes.Where(pass => pass.Value <= virtualTime).Select(pass => pass.Key).ToArray())
            passes.Remove(tenant);
        if (passes.Count > MaxKept)
            passes.Clear();
    }
}
