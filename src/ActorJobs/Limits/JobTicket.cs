using ActorJobs.Jobs;

namespace ActorJobs.Limits;

/// <summary>What limits know of an available job without reading it: its entry in the list of available jobs carries it. All null for most jobs.</summary>
internal readonly record struct JobTicket(string? Tenant, string? Key, string? Dependency)
{
    private const char Separator = '\u001f'; // no part of any of them

    /// <summary>The ticket as text; null when there is nothing to say, and just the tenant when there is no more.</summary>
    public static string? TextOf(JobSpec spec) => spec.ConcurrencyKey is null && spec.Dependency is null
        ? spec.Tenant
        : string.Join(Separator, spec.Tenant, spec.ConcurrencyKey, spec.Dependency);

    public static JobTicket Parse(string text)
    {
        var parts = text.Split(Separator);
        return new JobTicket(Part(0), Part(1), Part(2));

        string? Part(int i) => i < parts.Length && parts[i].Length > 0 ? parts[i] : null;
    }
}
