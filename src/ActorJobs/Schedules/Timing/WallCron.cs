using System.Globalization;
using Quartz;

namespace ActorJobs.Schedules;

/// <summary>
/// A cron expression as a clock on the wall reads it, without a zone. Five fields are read as crontab does (Sunday is 0 or 7), six as Quartz does
/// (seconds first, Sunday is 1). Where both days are restricted, either will do in both forms.
/// </summary>
internal sealed class WallCron
{
    private readonly CronExpression expression;

    private WallCron(CronExpression expression, bool isEveryHour) => (this.expression, IsEveryHour) = (expression, isEveryHour);

    /// <summary>Whether the hours are not named (<c>*</c>, <c>*/2</c>): then the expression means a rhythm rather than times of day.</summary>
    public bool IsEveryHour { get; }

    /// <summary>The expression, or what is wrong with the text.</summary>
    public static (WallCron? Cron, string? Problem) Parse(string text)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (text.StartsWith('@'))
            return (null, $"macros such as {fields[0]} are not supported; write the fields out, for instance \"0 0 * * *\" for every day at midnight");
        if (fields.Length is not (5 or 6))
            return (null, $"it has {fields.Length} fields; 5 (minute hour day month weekday) or 6 (second first) are allowed");
        if (fields.Select(Fault).FirstOrDefault(fault => fault is not null) is { } wrong)
            return (null, wrong);
        // seconds and minutes go round within an hour: a range that runs backwards there is a slip, while hours and weekdays may pass midnight and the week's end
        if (fields[..^4].Select(Reversed).FirstOrDefault(range => range is not null) is { } reversed)
            return (null, $"the range {reversed} runs backwards");
        try
        {
            var expression = CronExpression.Parse(string.Join(' ', fields), fields.Length == 5 ? CronFormat.Unix : CronFormat.Quartz);
            var hour = fields[fields.Length - 4];
            return (new WallCron(expression.WithTimeZone(TimeZoneInfo.Utc), hour.StartsWith('*')), null);
        }
        // the parser reports most faults as the one, a few as the other
        catch (Exception exception) when (exception is FormatException or ArgumentException or IndexOutOfRangeException)
        {
            return (null, exception.Message);
        }
    }

    /// <summary>What the parser would pass over in silence.</summary>
    private static string? Fault(string field) =>
        field.Split(',').Any(item => item.Length == 0) ? $"'{field}' has an empty item; give a value before and after each comma" : null;

    private static string? Reversed(string field) => field.Split(',').Select(item => item.Split('/')[0]).FirstOrDefault(item =>
        item.Split('-') is [var first, var last]
        && int.TryParse(first, CultureInfo.InvariantCulture, out var from) && int.TryParse(last, CultureInfo.InvariantCulture, out var to) && from > to);

    /// <summary>The next time on the wall, strictly after; null when there is none in the next hundred years.</summary>
    public DateTime? Next(DateTime wall) =>
        expression.GetNextValidTimeAfter(new DateTimeOffset(wall, TimeSpan.Zero)) is { } next ? next.DateTime : null;
}
