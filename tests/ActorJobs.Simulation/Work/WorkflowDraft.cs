namespace ActorJobs.Simulation.Work;

/// <summary>Draws workflows: a few nodes, each waiting for some of those before it, some nested, some with compensations.</summary>
internal static class WorkflowDraft
{
    public static WorkflowRequest Draw(Random random, string id) => new() { Id = id, Jobs = DrawNodes(random, random.Next(2, 7), true) };

    private static WorkflowJob[] DrawNodes(Random random, int count, bool mayNest)
    {
        var nodes = new WorkflowJob[count];
        for (var i = 0; i < count; i++)
        {
            var isNested = mayNest && random.Next(8) == 0;
            nodes[i] = new WorkflowJob
            {
                Key = $"n{i}",
                Job = isNested ? null : JobDraft.Draw(random),
                Workflow = isNested ? new WorkflowRequest { Jobs = DrawNodes(random, 2, false) } : null,
                After = [.. nodes.Take(i).Where(_ => random.Next(3) == 0).Select(node => new WorkflowEdge(node.Key))],
                OnFailure = (FailurePolicy)random.Next(3),
                Compensation = !isNested && random.Next(5) == 0 ? JobRequest.Of(Handlers.Echo, 0) : null,
            };
        }

        return nodes;
    }
}
