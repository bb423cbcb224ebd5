namespace ActorJobs.Tests.Workflows;

/// <summary>Draws graphs, and says in the plainest way how their nodes must end.</summary>
internal static class RandomGraph
{
    public static WorkflowJob[] Draw(Random random, int size)
    {
        WorkflowJob[] ordered = [.. Enumerable.Range(0, size).Select(place => new WorkflowJob
        {
            Key = $"n{place}",
            Job = WorkflowSamples.Work(place),
            OnFailure = (FailurePolicy)random.Next(3),
            After = [.. Enumerable.Range(0, place).Where(_ => random.Next(3) == 0)
                .Select(parent => new WorkflowEdge($"n{parent}", random.Next(2) == 0 ? null : (FailurePolicy)random.Next(3)))],
        })];
        random.Shuffle(ordered); // parents need not come first
        return ordered;
    }

    public static StepStatus Outcome(Random random) => random.Next(5) switch
    {
        0 => StepStatus.Failed,
        1 => random.Next(2) == 0 ? StepStatus.Cancelled : StepStatus.Expired,
        _ => StepStatus.Completed,
    };

    /// <summary>How every node ends when each that runs ends as drawn.</summary>
    public static Dictionary<string, StepStatus> Expect(WorkflowJob[] graph, IReadOnlyDictionary<string, StepStatus> outcomes)
    {
        var byKey = graph.ToDictionary(node => node.Key);
        var ends = new Dictionary<string, StepStatus>();
        foreach (var node in graph)
            EndOf(node.Key);
        return ends;

        StepStatus EndOf(string key) => ends.TryGetValue(key, out var known) ? known : ends[key] =
            byKey[key].After.All(edge => EndOf(edge.Key) == StepStatus.Completed || PolicyOf(byKey, edge) != FailurePolicy.Stop)
                ? outcomes[key]
                : StepStatus.Skipped;
    }

    public static WorkflowStatus EndOf(WorkflowJob[] graph, IReadOnlyDictionary<string, StepStatus> ends)
    {
        var byKey = graph.ToDictionary(node => node.Key);
        var isFailed = graph.Any(node => ends[node.Key] is not (StepStatus.Completed or StepStatus.Skipped) && Counts(node));
        return isFailed ? WorkflowStatus.Failed : WorkflowStatus.Completed;

        bool Counts(WorkflowJob node)
        {
            FailurePolicy[] edges = [.. graph.SelectMany(child => child.After.Where(edge => edge.Key == node.Key)).Select(edge => PolicyOf(byKey, edge))];
            return edges.Length == 0 ? node.OnFailure != FailurePolicy.Ignore : edges.Any(policy => policy != FailurePolicy.Ignore);
        }
    }

    public static HashSet<string> Ancestors(WorkflowJob[] graph, string key)
    {
        var found = new HashSet<string>();
        var look = new Queue<string>([key]);
        while (look.TryDequeue(out var next))
        {
            foreach (var edge in graph.Single(node => node.Key == next).After)
            {
                if (found.Add(edge.Key))
                    look.Enqueue(edge.Key);
            }
        }

        return found;
    }

    private static FailurePolicy PolicyOf(Dictionary<string, WorkflowJob> byKey, WorkflowEdge edge) => edge.OnFailure ?? byKey[edge.Key].OnFailure;
}
