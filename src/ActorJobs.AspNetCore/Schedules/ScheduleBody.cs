namespace ActorJobs.AspNetCore;

/// <summary>
/// From the JSON of a schedule to a <see cref="ScheduleRequest"/>. Checks shape and types; what the values may be is the engine's to say.
/// </summary>
internal static class ScheduleBody
{
    private static readonly string[] Misfires = ["skip", "once", "all"];
    private static readonly string[] Overlaps = ["allow", "skip", "bufferOne", "cancelOther"];
    private static readonly string[] SkippedTimes = ["next", "skip"];
    private static readonly string[] RepeatedTimes = ["first", "both"];

    private enum Field
    {
        Cron, Every, Zone, Job, Misfire, MisfireWindow, MisfireAfter, Overlap, Jitter, Start, End, Exclude, Skipped, Repeated, Paused, Description,
    }

    private enum BackfillField
    {
        From, To, PerMinute, Reason,
    }

    /// <summary>How a policy is written.</summary>
    public static string WordOf(MisfirePolicy policy) => Misfires[(int)policy];

    /// <inheritdoc cref="WordOf(MisfirePolicy)"/>
    public static string WordOf(OverlapPolicy policy) => Overlaps[(int)policy];

    /// <inheritdoc cref="WordOf(MisfirePolicy)"/>
    public static string WordOf(SkippedTime skipped) => SkippedTimes[(int)skipped];

    /// <inheritdoc cref="WordOf(MisfirePolicy)"/>
    public static string WordOf(RepeatedTime repeated) => RepeatedTimes[(int)repeated];

    /// <summary>Reads the body of <c>PUT /schedules/{id}</c>.</summary>
    public static ScheduleRequest? Read(ref BodyReader reader)
    {
        JobRequest? job = null;
        var isJobGiven = false;
        var request = new ScheduleRequest { Job = Nothing };
        var seen = 0u;
        while (reader.NextField(ref seen, out Field field))
        {
            isJobGiven |= field == Field.Job;
            if (field == Field.Job)
                job = ReadJob(ref reader);
            else
                request = ReadField(ref reader, field, request);
        }

        if (!isJobGiven)
            reader.FailMissing("job");
        return job is null ? null : request with { Job = job };
    }

    /// <summary>Reads the body of a backfill.</summary>
    public static BackfillBody ReadBackfill(ref BodyReader reader)
    {
        var body = new BackfillBody(null, null, null, null);
        var seen = 0u;
        while (reader.NextField(ref seen, out BackfillField field))
        {
            body = field switch
            {
                BackfillField.From => body with { From = reader.ReadInstant() },
                BackfillField.To => body with { To = reader.ReadInstant() },
                BackfillField.PerMinute => body with { PerMinute = reader.ReadInteger() },
                _ => body with { Reason = reader.ReadText() },
            };
        }

        if (body.From is null)
            reader.FailMissing("from");
        if (body.To is null)
            reader.FailMissing("to");
        return body;
    }

    private static ScheduleRequest ReadField(ref BodyReader reader, Field field, ScheduleRequest request) => field switch
    {
        Field.Cron => request with { Cron = reader.ReadText() },
        Field.Every => request with { Every = reader.ReadDuration() },
        Field.Zone => request with { Zone = reader.ReadText() },
        Field.Misfire => request with { Misfire = (MisfirePolicy?)reader.ReadWord(Misfires) },
        Field.MisfireWindow => request with { MisfireWindow = reader.ReadDuration() },
        Field.MisfireAfter => request with { MisfireAfter = reader.ReadDuration() },
        Field.Overlap => request with { Overlap = (OverlapPolicy?)reader.ReadWord(Overlaps) },
        Field.Jitter => request with { Jitter = reader.ReadDuration() },
        Field.Start => request with { Start = reader.ReadInstant() },
        Field.End => request with { End = reader.ReadInstant() },
        Field.Exclude => request with { Exclude = reader.ReadTexts() ?? [] },
        Field.Skipped => request with { Skipped = (SkippedTime?)reader.ReadWord(SkippedTimes) },
        Field.Repeated => request with { Repeated = (RepeatedTime?)reader.ReadWord(RepeatedTimes) },
        Field.Paused => request with { Paused = reader.ReadBoolean() },
        _ => request with { Description = reader.ReadText() },
    };

    private static JobRequest? ReadJob(ref BodyReader reader)
    {
        if (!reader.BeginObject())
            return null;
        var outer = reader.EnterField();
        // a time to run is refused by the engine; a delay would be one by then, under a name that nobody sent
        var job = SubmitReader.ReadJobWithoutDelay(ref reader, "A firing's job gets its 'delay' from the schedule, or none.");
        reader.Leave(outer);
        return job;
    }

    private static readonly JobRequest Nothing = new() { Kind = "" };
}

/// <summary>Which past times to fire.</summary>
internal sealed record BackfillBody(DateTimeOffset? From, DateTimeOffset? To, int? PerMinute, string? Reason);
