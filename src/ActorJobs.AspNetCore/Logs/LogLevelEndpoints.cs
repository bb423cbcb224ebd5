using System.Xml;
using ActorJobs.Client;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorJobs.AspNetCore;

/// <summary>Levels set while the node runs.</summary>
internal static class LogLevelEndpoints
{
    private const int MaxCategory = 200;

    private static readonly TimeSpan MaxDuration = TimeSpan.FromDays(1);

    private enum LevelField
    {
        Level,
        For,
    }

    public static void MapLogLevels(this RouteGroupBuilder log)
    {
        log.MapGet("/levels", List).WithSummary("Levels that were set while the node runs").Produces<LogLevelList>();
        log.MapPut("/levels/{category}", SetAsync).RequireRole(AccessRole.Admin).WithSummary("Set the level of a category, for a time if given")
            .Accepts<SetLogLevel>("application/json").Produces<LogLevelState>().ProducesRefusals(400, 409).Audit("log.level");
        log.MapDelete("/levels/{category}", Reset).RequireRole(AccessRole.Admin).WithSummary("Take a level back")
            .Produces(StatusCodes.Status204NoContent).ProducesRefusals(404).Audit("log.reset");
    }

    private static JsonHttpResult<LogLevelList> List(LogLevels levels) => TypedResults.Json(new LogLevelList(levels.List()), ContractJson.Default.LogLevelList);

    private static async Task<IResult> SetAsync(string category, HttpContext context, LogLevels levels)
    {
        if (category.Length > MaxCategory)
            return Problems.Invalid("too-long", $"A category has at most {MaxCategory} characters.", "/category");
        var (body, problem) = await BodyParser.ReadAsync(context, Read);
        if (problem is not null)
            return problem;
        AuditNote.Add(context, details: body!.For is { } time ? $"{body.Level} for {XmlConvert.ToString(time)}" : body.Level.ToString());
        return levels.Set(category, body.Level, body.For) is { } state
            ? TypedResults.Json(state, ContractJson.Default.LogLevelState)
            : Problems.Conflict("too-many-levels", $"{LogLevels.MaxLevels} categories have levels; take one back first.");
    }

    private static IResult Reset(string category, LogLevels levels) =>
        levels.Reset(category) ? TypedResults.NoContent() : Problems.NotFound($"The category '{category}' has no level that was set here.");

    private static LevelChange Read(ref BodyReader reader)
    {
        string? word = null;
        TimeSpan? duration = null;
        var level = LogLevel.None;
        var seen = 0u;
        while (reader.NextField(ref seen, out LevelField field))
        {
            if (field == LevelField.Level)
                word = reader.ReadText();
            else
                duration = reader.ReadDuration();
        }

        if (word is null)
            reader.FailMissing("level");
        else if (!LogLevelWords.TryRead(word, out level))
            reader.Fail(LogLevelWords.Unknown(word, "/level"));
        else if (duration is { } time && (time <= TimeSpan.Zero || time > MaxDuration))
            reader.FailAt("for", "out-of-range", "A level is set for more than nothing and at most a day.");
        return new LevelChange(level, duration);
    }

    private sealed record LevelChange(LogLevel Level, TimeSpan? For);
}
