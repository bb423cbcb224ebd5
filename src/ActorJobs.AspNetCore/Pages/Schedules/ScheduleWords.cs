using ActorJobs.AspNetCore.Pages.Layout;
using ActorJobs.Client;

namespace ActorJobs.AspNetCore.Pages.Schedules;

/// <summary>Schedules and firings as people read them.</summary>
internal static class ScheduleWords
{
    /// <summary>When it fires: its expression and zone, or its interval.</summary>
    public static string Rule(ScheduleRequest request) => request.Cron is { } cron
        ? $"{cron} {request.Zone ?? "UTC"}"
        : $"every {Words.Duration(request.Every ?? TimeSpan.Zero)}";

    /// <summary>What becomes of missed times.</summary>
    public static string Misfire(ScheduleRequest request) => request.Misfire switch
    {
        MisfirePolicy.Skip => "skipped",
        MisfirePolicy.All => $"all within {IsoDuration.Format(request.MisfireWindow ?? TimeSpan.FromDays(1))} fire",
        _ => "the latest fires",
    };

    /// <summary>What happens while an earlier job has not ended.</summary>
    public static string Overlap(ScheduleRequest request) => request.Overlap switch
    {
        OverlapPolicy.Skip => "the firing is skipped",
        OverlapPolicy.BufferOne => "one firing waits",
        OverlapPolicy.CancelOther => "the earlier job is cancelled",
        _ => "both run",
    };

    /// <summary>An instant to the second.</summary>
    public static string Instant(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The colour of an outcome.</summary>
    public static string? Tone(FiringOutcome? outcome) => outcome switch
    {
        FiringOutcome.Completed => "t-good",
        FiringOutcome.Failed => "t-bad",
        FiringOutcome.Missed or FiringOutcome.Expired or FiringOutcome.Skipped => "t-warn",
        null => "t-info",
        _ => null,
    };
}
