using System.ComponentModel.DataAnnotations;

namespace ActorJobs.AspNetCore;

/// <summary>How much of the audit log is kept. Bound from the section <c>ActorJobs:Audit</c>.</summary>
[ClosedSettings]
public sealed class AuditOptions
{
    /// <summary>The section.</summary>
    public const string Section = "ActorJobs:Audit";

    /// <summary>How long an entry is kept. Default: 90 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How many entries are kept at most, give or take a hundred; beyond that the oldest go first. Default: 100 000.</summary>
    [Range(1000, 10_000_000)]
    public int MaxEntries { get; set; } = 100_000;
}
