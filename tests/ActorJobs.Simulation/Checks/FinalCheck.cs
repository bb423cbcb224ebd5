using ActorJobs.Jobs;
using ActorJobs.Simulation.Work;
using ActorJobs.Simulation.World;
using ActorJobs.TestKit.Audits;
using ActorJobs.Workflows;

namespace ActorJobs.Simulation.Checks;

/// <summary>What must hold once everything has come to rest: nothing is lost, nothing leaks, lists and counters are exact.</summary>
internal sealed class FinalCheck(Scene scene, SimulatedCluster cluster, CommitWatch watch, Ledger ledger)
{
    public void Run()
    {
        CheckStore();
        CheckJobs();
        CheckWorkflows();
    }

    // histories, states, lists, counters, due times and leases of all jobs
    private void CheckStore()
    {
        try
        {
            _ = new JobAudit(cluster.Store, cluster.Shards, "at rest").CheckAsync().GetAwaiter().GetResult();
        }
        catch (Xunit.Sdk.XunitException mismatch)
        {
            scene.Report("what is stored does not fit together", mismatch.Message);
        }
    }

    private void CheckJobs()
    {
        foreach (var id in ledger.JobList)
        {
            if (JobOf(id) is not { Spec: not null })
                scene.Report("an accepted job is lost", id.Value);
        }

        foreach (var (key, record) in watch.Records.Where(record => record.Key.Kind == JobEntity.Kind))
        {
            if (!record.Job.Status.IsTerminal())
                scene.Report("a job has no end", $"{key.Id} is {record.Job.VisibleStatus}");
            if (record.IsLeased)
                scene.Report("a claim leaks", key.Id);
            if (record.Key != JobIntents.KeyOf(record.Job))
                scene.Report("a unique key leaks", $"{key.Id} holds {record.Key}");
            if (record.Job.OwesReport)
                scene.Report("a report is lost", key.Id);
            CheckChildren(new JobId(key.Id), record.Job);
        }
    }

    private void CheckChildren(JobId id, JobState job)
    {
        if (job is not { Status: JobStatus.Completed, Spec: { Kind: Handlers.Parent } spec })
            return;
        for (var i = 0; i < spec.Args.Deserialize<int>(); i++)
        {
            if (JobOf(JobIds.Child(id, "child", i)) is null)
                scene.Report("an accepted job is lost", $"child {i} of {id}");
        }
    }

    private void CheckWorkflows()
    {
        var reading = new WorkflowReading(cluster.Store);
        foreach (var id in watch.Records.Keys.Where(key => key.Kind == WorkflowEntity.Kind).Select(key => key.Id).Concat(ledger.AcceptedWorkflows).Distinct())
        {
            if (reading.StateAsync(id, CancellationToken.None).AsTask().GetAwaiter().GetResult() is { } workflow)
                CheckNodesOf(workflow);
            else
                scene.Report("an accepted workflow is lost", id);
        }
    }

    // a workflow names its children: what it knows of each is what became of that one
    private void CheckNodesOf(WorkflowState workflow)
    {
        if (!workflow.Status.IsTerminal() || workflow.OwesReport)
            scene.Report("a workflow has no end", $"{workflow.Id} is {workflow.Status}");
        for (var place = 0; place < workflow.Graph!.Definition.Nodes.Count; place++)
        {
            var (node, known) = (workflow.Graph[place], workflow.StatusOf(place));
            if (node.Nested is not null || known == StepStatus.Skipped)
                continue;
            var job = JobOf(new JobId(WorkflowIds.NodeId(workflow.Id, node.Key)));
            if (StepOf(job?.Status) != known)
                scene.Report("a workflow is wrong about a node", $"{workflow.Id}:{node.Key} is {known} to it, its job is {job?.Status.ToString() ?? "not there"}");
        }
    }

    private JobState? JobOf(JobId id) => watch.Records.TryGetValue(JobEntity.Key(id), out var record) ? record.Job : null;

    private static StepStatus? StepOf(JobStatus? status) => status switch
    {
        JobStatus.Completed => StepStatus.Completed,
        JobStatus.Discarded => StepStatus.Failed,
        JobStatus.Cancelled => StepStatus.Cancelled,
        JobStatus.Expired => StepStatus.Expired,
        _ => null,
    };
}
