namespace ActorJobs.AspNetCore;

/// <summary>From the JSON of a workflow to a <see cref="WorkflowRequest"/>. Checks shape and types; what a graph may be is the engine's to say.</summary>
internal static class WorkflowBody
{
    public const int MaxBytes = 8 << 20;

    private const int MaxDepth = 16; // the engine allows less, and says so better

    private static readonly string[] Policies = ["stop", "continue", "ignore"];

    // those of a job come first, so that a job's field has the same number in both
    private enum NodeField
    {
        Kind, Args, Id, Queue, Priority, Delay, RunAt, MaxAttempts, Backoff, Timeout, StartBy, Retention, Unique, ConcurrencyKey, Tenant, Tags, Meta, ParentId,
        Dependency,
        Key, After, OnFailure, Compensation, Workflow,
    }

    private enum HeadField
    {
        Name, Jobs, Id, Retention,
    }

    private enum EdgeField
    {
        Key, OnFailure,
    }

    private enum AddField
    {
        Jobs,
    }

    public static WorkflowRequest Read(ref BodyReader reader) => Read(ref reader, 0)!;

    /// <summary>Reads the nodes of a body that adds work.</summary>
    public static IReadOnlyList<WorkflowJob> ReadAddition(ref BodyReader reader)
    {
        var jobs = new List<WorkflowJob>();
        var seen = 0u;
        while (reader.NextField(ref seen, out AddField _))
            ReadNodes(ref reader, jobs, 0);
        if (seen == 0)
            reader.FailMissing("jobs");
        return jobs;
    }

    private static WorkflowRequest Read(ref BodyReader reader, int depth)
    {
        var request = new WorkflowRequest { Jobs = [] };
        var jobs = new List<WorkflowJob>();
        var seen = 0u;
        while (reader.NextField(ref seen, out HeadField field))
        {
            switch (field)
            {
                case HeadField.Name: request = request with { Name = reader.ReadText() }; break;
                case HeadField.Id: request = request with { Id = reader.ReadText() }; break;
                case HeadField.Retention: request = request with { Retention = reader.ReadDuration() }; break;
                case HeadField.Jobs: ReadNodes(ref reader, jobs, depth); break;
            }
        }

        if ((seen & (1u << (int)HeadField.Jobs)) == 0)
            reader.FailMissing("jobs");
        return request with { Jobs = jobs };
    }

    private static void ReadNodes(ref BodyReader reader, List<WorkflowJob> jobs, int depth)
    {
        if (!reader.BeginArray())
            return;
        var repeated = default(SubmitReader.Repeated);
        while (reader.NextItem())
        {
            if (jobs.Count == SubmitReader.MaxBatch)
            {
                reader.FailAt("jobs", "too-many-jobs", $"A workflow has 1 to {SubmitReader.MaxBatch} jobs.");
                return;
            }

            var outer = reader.EnterItem(jobs.Count);
            if (reader.BeginObject() && ReadNode(ref reader, ref repeated, depth) is { } node)
                jobs.Add(node);
            reader.Leave(outer);
        }
    }

    private static WorkflowJob? ReadNode(ref BodyReader reader, ref SubmitReader.Repeated repeated, int depth)
    {
        var draft = default(JobDraft);
        var node = new WorkflowJob { Key = "" };
        var seen = 0u;
        while (reader.NextField(ref seen, out NodeField field))
        {
            switch (field)
            {
                case NodeField.Key: node = node with { Key = reader.ReadText() ?? "" }; break;
                case NodeField.After: node = node with { After = ReadEdges(ref reader) }; break;
                case NodeField.OnFailure: node = node with { OnFailure = (FailurePolicy)(reader.ReadWord(Policies) ?? 0) }; break;
                case NodeField.Delay: node = node with { Delay = reader.ReadDuration() }; break;
                case NodeField.Compensation: node = node with { Compensation = ReadJob(ref reader) }; break;
                case NodeField.Workflow: node = node with { Workflow = ReadNested(ref reader, depth) }; break;
                default: SubmitReader.ReadField(ref reader, (JobField)field, ref draft, ref repeated); break;
            }
        }

        if (node.Key.Length == 0)
            reader.FailMissing("key");
        if (draft.Kind is null && node.Workflow is null)
            reader.FailMissing("kind");
        if (draft.RunAt is not null && node.Delay is not null)
            reader.FailAt("runAt", "contradiction", "Give delay or runAt, not both.");
        return reader.Problem is null ? node with { Job = draft.Kind is null ? null : draft.ToRequest(default) } : null;
    }

    private static WorkflowRequest? ReadNested(ref BodyReader reader, int depth)
    {
        if (reader.IsNull || !reader.BeginObject())
            return null;
        if (depth >= MaxDepth)
        {
            reader.Fail(Problems.Invalid("too-deep", "Workflows nest less deep."));
            return null;
        }

        var outer = reader.EnterField();
        var nested = Read(ref reader, depth + 1);
        reader.Leave(outer);
        return nested;
    }

    private static JobRequest? ReadJob(ref BodyReader reader)
    {
        if (reader.IsNull || !reader.BeginObject())
            return null;
        var outer = reader.EnterField();
        var (draft, repeated) = (default(JobDraft), default(SubmitReader.Repeated));
        var seen = 0u;
        while (reader.NextField(ref seen, out JobField field))
        {
            if (field == JobField.Delay)
                reader.FailAt("delay", "contradiction", "A compensation takes no delay.");
            SubmitReader.ReadField(ref reader, field, ref draft, ref repeated);
        }

        if (draft.Kind is null)
            reader.FailMissing("kind");
        reader.Leave(outer);
        return reader.Problem is null ? draft.ToRequest(default) : null;
    }

    private static List<WorkflowEdge> ReadEdges(ref BodyReader reader)
    {
        var edges = new List<WorkflowEdge>();
        if (reader.IsNull || !reader.BeginArray())
            return edges;
        while (reader.NextItem())
        {
            if (!reader.IsObject)
            {
                edges.Add(new WorkflowEdge(reader.ReadText() ?? ""));
                continue;
            }

            string? key = null;
            int? policy = null;
            var seen = 0u;
            while (reader.NextField(ref seen, out EdgeField field))
            {
                switch (field)
                {
                    case EdgeField.Key: key = reader.ReadText(); break;
                    case EdgeField.OnFailure: policy = reader.ReadWord(Policies); break;
                }
            }

            if (key is null)
                reader.FailMissing("key");
            edges.Add(new WorkflowEdge(key ?? "", (FailurePolicy?)policy));
        }

        return edges;
    }
}
