namespace ActorJobs.AspNetCore;

/// <summary>Reads the body of <c>POST /jobs/actions</c>.</summary>
internal static class BulkReader
{
    private static readonly string[] Verbs = [.. Enum.GetNames<BulkVerb>().Where(name => name != nameof(BulkVerb.Undo)).Select(name => name.ToLowerInvariant())];

    private enum BulkField
    {
        Action, Filter, DryRun, Reason, Edit, Limit, Sample, PerSecond,
    }

    private enum FilterField
    {
        State, Queue, Kind, Tag, Tenant, Signature,
    }

    public static BulkBody Read(ref BodyReader reader)
    {
        int? verb = null;
        var filter = new JobFilter();
        var (isDryRun, hasFilter) = (false, false);
        var request = new BulkRequest(default, filter);
        var seen = 0u;
        while (reader.NextField(ref seen, out BulkField field))
        {
            switch (field)
            {
                case BulkField.Action: verb = reader.ReadWord(Verbs); break;
                case BulkField.Filter: (filter, hasFilter) = (ReadFilter(ref reader), true); break;
                case BulkField.DryRun: isDryRun = reader.ReadBoolean() ?? false; break;
                case BulkField.Reason: request = request with { Reason = reader.ReadText() }; break;
                case BulkField.Edit: request = request with { Edit = reader.IsNull ? null : reader.ReadRaw() }; break;
                case BulkField.Limit: request = request with { Limit = reader.ReadInteger() }; break;
                case BulkField.Sample: request = request with { Sample = reader.ReadNumber() }; break;
                case BulkField.PerSecond: request = request with { PerSecond = reader.ReadNumber() }; break;
            }
        }

        if (verb is null)
            reader.FailMissing("action");
        else if (!hasFilter)
            reader.FailMissing("filter");
        else if (filter == new JobFilter())
            reader.FailAt("filter", "empty-filter", "A filter names at least one of state, queue, kind, tag, tenant, signature: without one the action would meet every job.");
        else if (filter.State is { } state && !BulkRequest.StatesOf((BulkVerb)verb).Contains(state))
            reader.FailAt("filter", "wrong-state", $"No job that is {state} can be changed so. States for {Verbs[verb.Value]}: {string.Join(", ", BulkRequest.StatesOf((BulkVerb)verb))}.");
        request = request with { Action = (BulkVerb)(verb ?? 0), Filter = filter };
        if (request.Problem() is var (name, rule))
            reader.FailAt(name, "invalid-field", rule);
        return new BulkBody(request, isDryRun);
    }

    private static JobFilter ReadFilter(ref BodyReader reader)
    {
        var filter = new JobFilter();
        if (reader.IsNull || !reader.BeginObject())
            return filter;
        var outer = reader.EnterField();
        var seen = 0u;
        while (reader.NextField(ref seen, out FilterField field))
        {
            filter = field switch
            {
                FilterField.State => filter with { State = (JobStatus?)reader.ReadWord(Enum.GetNames<JobStatus>()) },
                FilterField.Queue => filter with { Queue = reader.ReadText() },
                FilterField.Kind => filter with { Kind = reader.ReadText() },
                FilterField.Tag => filter with { Tag = reader.ReadText() },
                FilterField.Tenant => filter with { Tenant = reader.ReadText() },
                _ => filter with { Signature = reader.ReadText() },
            };
        }

        reader.Leave(outer);
        return filter;
    }
}

/// <summary>What is to be done, and whether only to say what it would do.</summary>
internal sealed record BulkBody(BulkRequest Request, bool IsDryRun);
