using System.Globalization;

namespace ActorJobs.AspNetCore;

/// <summary>Reads what workers say.</summary>
internal static class LeaseReader
{
    private const int MaxLines = 200;

    private enum RequestField
    {
        Worker, Limit, Wait,
    }

    private enum HeartbeatField
    {
        Leases,
    }

    private enum NameField
    {
        Job, Attempt, Token,
    }

    private enum ProgressField
    {
        Job, Attempt, Token, Fraction, Message, Log, Checkpoint,
    }

    private enum CompletionField
    {
        Job, Attempt, Token, Result,
    }

    private enum FailureField
    {
        Job, Attempt, Token, Error, RetryAfter, Discard,
    }

    private enum ErrorField
    {
        Type, Message, Stack,
    }

    public static LeaseRequest Default { get; } = new("worker", 1, TimeSpan.FromSeconds(20));

    public static LeaseRequest ReadRequest(ref BodyReader reader)
    {
        var request = Default;
        var seen = 0u;
        while (reader.NextField(ref seen, out RequestField field))
        {
            request = field switch
            {
                RequestField.Worker => request with { Worker = reader.ReadText() ?? Default.Worker },
                RequestField.Limit => request with { Limit = reader.ReadInteger() ?? Default.Limit },
                _ => request with { Wait = reader.ReadDuration() ?? Default.Wait },
            };
        }

        if (request.Limit is < 1 or > LeaseRequest.MaxLimit)
            reader.FailAt("limit", "out-of-range", string.Create(CultureInfo.InvariantCulture, $"A request brings 1 to {LeaseRequest.MaxLimit} jobs."));
        if (request.Wait > LeaseRequest.MaxWait)
            reader.FailAt("wait", "out-of-range", "A request waits at most a minute.");
        if (request.Worker.Length is 0 or > 200)
            reader.FailAt("worker", "out-of-range", "A worker's name has 1 to 200 characters.");
        return request;
    }

    public static IReadOnlyList<LeaseCall> ReadHeartbeat(ref BodyReader reader)
    {
        var calls = new List<LeaseCall>();
        var (seen, isThere) = (0u, false);
        while (reader.NextField(ref seen, out HeartbeatField _))
        {
            isThere = reader.BeginArray();
            while (reader.NextItem())
            {
                var outer = reader.EnterItem(calls.Count);
                calls.Add(ReadName(ref reader));
                reader.Leave(outer);
            }
        }

        if (!isThere)
            reader.FailMissing("leases");
        if (calls.Count > LeaseRequest.MaxLimit)
            reader.FailAt("leases", "out-of-range", string.Create(CultureInfo.InvariantCulture, $"A heartbeat names at most {LeaseRequest.MaxLimit} leases."));
        return calls;
    }

    public static LeaseCall ReadProgress(ref BodyReader reader)
    {
        var call = Nothing;
        var seen = 0u;
        while (reader.NextField(ref seen, out ProgressField field))
        {
            call = field switch
            {
                ProgressField.Job => call with { Job = reader.ReadText() },
                ProgressField.Attempt => call with { Attempt = reader.ReadInteger() },
                ProgressField.Token => call with { Token = reader.ReadText() ?? "" },
                ProgressField.Fraction => call with { Fraction = reader.ReadNumber() },
                ProgressField.Message => call with { Message = reader.ReadText() },
                ProgressField.Log => call with { Log = reader.ReadTexts() ?? [] },
                _ => call with { Checkpoint = reader.IsNull ? null : reader.ReadRaw() },
            };
        }

        if (call.Fraction is < 0 or > 1)
            reader.FailAt("fraction", "out-of-range", "A fraction is 0 to 1.");
        if (call.Log.Count > MaxLines)
            reader.FailAt("log", "out-of-range", "At most 200 lines at once.");
        if (call.Checkpoint is { Utf8.Length: > JobContext.MaxCheckpointBytes })
            reader.FailAt("checkpoint", "out-of-range", string.Create(CultureInfo.InvariantCulture, $"A checkpoint has at most {JobContext.MaxCheckpointBytes / 1024} KB."));
        return call.Message is not null && call.Fraction is null ? call with { Fraction = 0 } : call;
    }

    public static LeaseCall ReadCompletion(ref BodyReader reader)
    {
        var (call, result, seen) = (Nothing, RawJson.Null, 0u);
        while (reader.NextField(ref seen, out CompletionField field))
        {
            switch (field)
            {
                case CompletionField.Job: call = call with { Job = reader.ReadText() }; break;
                case CompletionField.Attempt: call = call with { Attempt = reader.ReadInteger() }; break;
                case CompletionField.Token: call = call with { Token = reader.ReadText() ?? "" }; break;
                default: result = reader.ReadRaw(); break;
            }
        }

        return call with { Outcome = new JobOutcome.Completion(result) };
    }

    public static LeaseCall ReadFailure(ref BodyReader reader)
    {
        var (call, seen, isFinal) = (Nothing, 0u, false);
        JobError? error = null;
        TimeSpan? retryAfter = null;
        while (reader.NextField(ref seen, out FailureField field))
        {
            switch (field)
            {
                case FailureField.Job: call = call with { Job = reader.ReadText() }; break;
                case FailureField.Attempt: call = call with { Attempt = reader.ReadInteger() }; break;
                case FailureField.Token: call = call with { Token = reader.ReadText() ?? "" }; break;
                case FailureField.Error: error = ReadError(ref reader); break;
                case FailureField.RetryAfter: retryAfter = reader.ReadDuration(); break;
                default: isFinal = reader.ReadBoolean() ?? false; break;
            }
        }

        if (error is null)
            reader.FailMissing("error");
        error ??= new JobError("", "", null);
        return call with { Outcome = isFinal ? new JobOutcome.Discard(error) : new JobOutcome.Failure(error, retryAfter) };
    }

    private static LeaseCall Nothing { get; } = new("", null, null);

    private static LeaseCall ReadName(ref BodyReader reader)
    {
        var (call, seen) = (Nothing, 0u);
        if (!reader.BeginObject())
            return call;
        while (reader.NextField(ref seen, out NameField field))
        {
            call = field switch
            {
                NameField.Job => call with { Job = reader.ReadText() },
                NameField.Attempt => call with { Attempt = reader.ReadInteger() },
                _ => call with { Token = reader.ReadText() ?? "" },
            };
        }

        if (call.Token.Length == 0)
            reader.FailMissing("token");
        return call;
    }

    private static JobError? ReadError(ref BodyReader reader)
    {
        if (reader.IsNull || !reader.BeginObject())
            return null;
        var outer = reader.EnterField();
        var seen = 0u;
        string? type = null, message = null, stack = null;
        while (reader.NextField(ref seen, out ErrorField field))
        {
            _ = field switch
            {
                ErrorField.Type => type = reader.ReadText(),
                ErrorField.Message => message = reader.ReadText(),
                _ => stack = reader.ReadText(),
            };
        }

        if (message is null)
            reader.FailMissing("message");
        reader.Leave(outer);
        return new JobError(Cut(type, 200) ?? "Failed", Cut(message, 4096) ?? "", Cut(stack, 16 * 1024));
    }

    private static string? Cut(string? text, int length) => text is null || text.Length <= length ? text : text[..length];
}
