namespace ActorJobs.AspNetCore;

/// <summary>
/// From the JSON of a submit to <see cref="JobRequest"/>s, in one pass and without a document in between. Checks shape and types;
/// what the values may be is the engine's to say.
/// </summary>
internal static class SubmitReader
{
    /// <summary>How many jobs one batch may have.</summary>
    public const int MaxBatch = 10_000;

    private enum BatchField
    {
        Jobs,
    }

    /// <summary>Reads the body of <c>POST /jobs</c>.</summary>
    public static (JobRequest? Request, ApiProblem? Problem) ReadOne(ReadOnlySpan<byte> utf8, DateTimeOffset now) =>
        BodyParser.Parse(utf8, (ref BodyReader reader) =>
        {
            var repeated = default(Repeated);
            return ReadJob(ref reader, now, ref repeated);
        });

    /// <summary>Reads the body of <c>POST /jobs/batch</c>.</summary>
    public static (List<JobRequest>? Requests, ApiProblem? Problem) ReadBatch(ReadOnlySpan<byte> utf8, DateTimeOffset now)
    {
        // a job is rarely under 100 bytes; a wrong guess costs one growth of the list
        var requests = new List<JobRequest>(Math.Min((utf8.Length / 100) + 1, MaxBatch));
        return BodyParser.Parse(utf8, (ref BodyReader reader) =>
        {
            var seen = 0u;
            while (reader.NextField(ref seen, out BatchField _))
                ReadJobs(ref reader, requests, now);
            if (seen == 0)
                reader.FailMissing("jobs");
            else if (requests.Count == 0)
                reader.FailAt("jobs", "empty-batch", $"A batch has 1 to {MaxBatch} jobs.");
            return requests;
        });
    }

    private static void ReadJobs(ref BodyReader reader, List<JobRequest> requests, DateTimeOffset now)
    {
        if (!reader.BeginArray())
            return;
        var repeated = default(Repeated);
        while (reader.NextItem())
        {
            if (requests.Count == MaxBatch)
            {
                reader.FailAt("jobs", "batch-too-long", $"A batch has 1 to {MaxBatch} jobs.");
                return;
            }

            var outer = reader.EnterItem(requests.Count);
            if (reader.BeginObject() && ReadJob(ref reader, now, ref repeated) is { } request)
                requests.Add(request);
            reader.Leave(outer);
        }
    }

    /// <summary>Reads a job within another body; the reader stands on its beginning.</summary>
    public static JobRequest? ReadJob(ref BodyReader reader, DateTimeOffset now)
    {
        var repeated = default(Repeated);
        return ReadJob(ref reader, now, ref repeated);
    }

    /// <summary>Reads a job whose start somebody else sets; the reader stands on its beginning.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="rule">Why it has no delay of its own.</param>
    public static JobRequest? ReadJobWithoutDelay(ref BodyReader reader, string rule)
    {
        var (draft, repeated) = (default(JobDraft), default(Repeated));
        ReadDraft(ref reader, ref draft, ref repeated);
        if (draft.Delay is not null)
            reader.FailAt("delay", "invalid-field", rule);
        return reader.Problem is null ? draft.ToRequest(default) : null;
    }

    private static JobRequest? ReadJob(ref BodyReader reader, DateTimeOffset now, ref Repeated repeated)
    {
        var draft = default(JobDraft);
        ReadDraft(ref reader, ref draft, ref repeated);
        return reader.Problem is null ? draft.ToRequest(now) : null;
    }

    private static void ReadDraft(ref BodyReader reader, ref JobDraft draft, ref Repeated repeated)
    {
        var seen = 0u;
        while (reader.NextField(ref seen, out JobField field))
            ReadField(ref reader, field, ref draft, ref repeated);
        if (draft.Kind is null)
            reader.FailMissing("kind");
        if (draft is { Delay: not null, RunAt: not null })
            reader.FailAt("runAt", "contradiction", "Give delay or runAt, not both.");
    }

    /// <summary>Reads the value of one field of a job.</summary>
    public static void ReadField(ref BodyReader reader, JobField field, ref JobDraft draft, ref Repeated repeated)
    {
        switch (field)
        {
            case JobField.Kind: draft.Kind = reader.ReadText(ref repeated.Kind); break;
            case JobField.Args: draft.Args = reader.ReadRaw(); break;
            case JobField.Id: draft.Id = reader.ReadText(); break;
            case JobField.Queue: draft.Queue = reader.ReadText(ref repeated.Queue); break;
            case JobField.Priority: draft.Priority = reader.ReadInteger(); break;
            case JobField.Delay: draft.Delay = reader.ReadDuration(); break;
            case JobField.RunAt: draft.RunAt = reader.ReadInstant(); break;
            case JobField.MaxAttempts: draft.MaxAttempts = reader.ReadInteger(); break;
            case JobField.Backoff: draft.Backoff = RuleReader.ReadBackoff(ref reader); break;
            case JobField.Timeout: draft.Timeout = reader.ReadDuration(); break;
            case JobField.StartBy: draft.StartBy = reader.ReadInstant(); break;
            case JobField.Retention: draft.Retention = reader.ReadDuration(); break;
            case JobField.Unique: draft.Unique = RuleReader.ReadUnique(ref reader); break;
            case JobField.ConcurrencyKey: draft.ConcurrencyKey = reader.ReadText(); break;
            case JobField.Tenant: draft.Tenant = reader.ReadText(ref repeated.Tenant); break;
            case JobField.Tags: draft.Tags = reader.ReadTexts(); break;
            case JobField.Meta: draft.Meta = reader.ReadTextMap(); break;
            case JobField.Dependency: draft.Dependency = reader.ReadText(); break;
            case JobField.ParentId: draft.ParentId = reader.ReadText(); break;
        }
    }

    /// <summary>Strings that neighbours in a batch share.</summary>
    internal struct Repeated
    {
        public string? Kind, Queue, Tenant;
    }
}
