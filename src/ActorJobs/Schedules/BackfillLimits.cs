namespace ActorJobs.Schedules;

/// <summary>What one backfill may ask for.</summary>
internal static class BackfillLimits
{
    public const int MaxFirings = 1000;
    public const int MaxPerMinute = 600;
    public const int DefaultPerMinute = 60;
}
