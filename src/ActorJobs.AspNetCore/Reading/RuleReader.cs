namespace ActorJobs.AspNetCore;

/// <summary>Reads the two rules a submit may carry: <c>backoff</c> and <c>unique</c>.</summary>
internal static class RuleReader
{
    private static readonly string[] BackoffTypes = ["exponential", "list", "fixed"];
    private static readonly string[] Scopes = ["untilFinished", "untilStarted", "period"];
    private static readonly string[] Conflicts = ["reject", "existing", "replace", "debounce"];

    private enum BackoffField
    {
        Type, Base, Factor, Max, Jitter, Delays, Delay,
    }

    private enum UniqueField
    {
        Key, Scope, Period, OnConflict,
    }

    public static Backoff? ReadBackoff(ref BodyReader reader)
    {
        if (reader.IsNull || !reader.BeginObject())
            return null;
        var outer = reader.EnterField();
        var exponential = (Backoff.Exponential)Backoff.Default;
        int? type = null;
        IReadOnlyList<TimeSpan>? delays = null;
        TimeSpan? delay = null;
        var seen = 0u;
        while (reader.NextField(ref seen, out BackoffField field))
        {
            switch (field)
            {
                case BackoffField.Type: type = reader.ReadWord(BackoffTypes); break;
                case BackoffField.Base: exponential = exponential with { Base = reader.ReadDuration() ?? exponential.Base }; break;
                case BackoffField.Factor: exponential = exponential with { Factor = reader.ReadNumber() ?? exponential.Factor }; break;
                case BackoffField.Max: exponential = exponential with { Max = reader.ReadDuration() ?? exponential.Max }; break;
                case BackoffField.Jitter: exponential = exponential with { Jitter = reader.ReadNumber() ?? exponential.Jitter }; break;
                case BackoffField.Delays: delays = reader.ReadDurations(); break;
                case BackoffField.Delay: delay = reader.ReadDuration(); break;
            }
        }

        var backoff = Make(ref reader, type, exponential, delays, delay);
        reader.Leave(outer);
        return backoff;
    }

    public static UniqueRule? ReadUnique(ref BodyReader reader)
    {
        if (reader.IsNull || !reader.BeginObject())
            return null;
        var outer = reader.EnterField();
        string? key = null;
        int? scope = null, conflict = null;
        TimeSpan? period = null;
        var seen = 0u;
        while (reader.NextField(ref seen, out UniqueField field))
        {
            switch (field)
            {
                case UniqueField.Key: key = reader.ReadText(); break;
                case UniqueField.Scope: scope = reader.ReadWord(Scopes); break;
                case UniqueField.Period: period = reader.ReadDuration(); break;
                case UniqueField.OnConflict: conflict = reader.ReadWord(Conflicts); break;
            }
        }

        if (key is null)
            reader.FailMissing("key");
        reader.Leave(outer);
        return key is null ? null : new UniqueRule(key, (UniqueScope)(scope ?? 0), period, (UniqueConflict)(conflict ?? 0));
    }

    private static Backoff? Make(
        ref BodyReader reader, int? type, Backoff.Exponential exponential, IReadOnlyList<TimeSpan>? delays, TimeSpan? delay)
    {
        switch (type)
        {
            case 0:
                return exponential;
            case 1 when delays is { Count: > 0 }:
                return new Backoff.List(delays);
            case 2 when delay is not null:
                return new Backoff.Fixed(delay.Value);
            case 1 when delays is not null:
                reader.FailAt("delays", "invalid-field", "The list is empty; allowed: 1 to 100 delays.");
                return null;
            case 1:
                reader.FailMissing("delays");
                return null;
            case 2:
                reader.FailMissing("delay");
                return null;
            default:
                reader.FailMissing("type");
                return null;
        }
    }
}
