using ActorJobs.Jobs;
using ActorJobs.Simulation.Checks;
using ActorJobs.Simulation.Plans;
using ActorJobs.Simulation.World;
using ActorJobs.Workflows;

namespace ActorJobs.Simulation.Work;

/// <summary>People who use the cluster through any of its nodes, and hold it to its answers.</summary>
internal sealed class Clients(Scene scene, CommitWatch watch, Ledger ledger)
{
    private int calls;

    /// <summary>Does one of their steps through a node.</summary>
    public void Do(Step step, SimulatedNode node)
    {
        var random = new Random(step.Seed);
        switch (step.Kind)
        {
            case StepKind.Submit:
                var now = node.Clock.GetUtcNow();
                Submit(node, [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => JobDraft.Draw(random, now, $"job-{step.Seed % 1000}-{i}"))]);
                break;
            case StepKind.Repeat when ledger.Repeatable.Count > 0:
                Submit(node, [ledger.Repeatable[random.Next(ledger.Repeatable.Count)]]);
                break;
            case StepKind.Cancel when AnyJob(random) is { } id:
                Call(node, $"cancel {id}", () => node.Jobs.Client.CancelAsync(id));
                break;
            case StepKind.Retry when AnyJob(random) is { } id:
                Call(node, $"retry {id}", () => node.Jobs.Client.RetryAsync(id));
                break;
            case StepKind.Promote when AnyJob(random) is { } id:
                Call(node, $"promote {id}", () => node.Jobs.Client.PromoteAsync(id));
                break;
            case StepKind.StartWorkflow:
                StartWorkflow(node, WorkflowDraft.Draw(random, $"flow-{step.Seed % 1000}"));
                break;
            case StepKind.CancelWorkflow when AnyOf(ledger.Workflows, random) is { } id:
                Call(node, $"cancel {id}", () => node.Jobs.Workflows.CancelAsync(id));
                break;
            case StepKind.RetryWorkflow when AnyOf(ledger.Workflows, random) is { } id:
                Call(node, $"retry {id}", () => node.Jobs.Workflows.RetryAsync(id));
                break;
            case StepKind.PutSchedule:
                PutSchedule(node, random, $"every-{step.Seed % 1000}");
                break;
            case StepKind.TriggerSchedule when AnyOf(ledger.Schedules, random) is { } id:
                Call(node, $"trigger {id}", () => node.Jobs.Schedules.TriggerAsync(id, $"{step.Seed}"));
                break;
            case StepKind.DeleteSchedule when AnyOf(ledger.Schedules, random) is { } id:
                DeleteSchedule(node, id);
                break;
            case StepKind.PauseQueue or StepKind.ResumeQueue:
                SetPaused(node, JobDraft.Queues[random.Next(2)], step.Kind == StepKind.PauseQueue);
                break;
        }
    }

    /// <summary>Ends a schedule; true once it is known to have ended.</summary>
    public void DeleteSchedule(SimulatedNode node, string id, Action? done = null) =>
        Call(node, $"delete {id}", () => node.Jobs.Schedules.DeleteAsync(id), answer =>
        {
            if (answer is ScheduleCommandResult.Done or ScheduleCommandResult.NotFound)
                done?.Invoke();
        });

    /// <summary>Steers a queue.</summary>
    public void SetPaused(SimulatedNode node, string queue, bool paused, Action? done = null) =>
        Call(node, $"{(paused ? "pause" : "resume")} {queue}", () => node.Jobs.Control.ChangeQueueAsync(queue, new(Paused: paused)), _ => done?.Invoke());

    private void Submit(SimulatedNode node, JobRequest[] requests)
    {
        ledger.Repeatable.AddRange(requests.Where(request => request.Id is not null));
        Call(node, "submit", () => node.Jobs.Client.SubmitManyAsync(requests), answers =>
        {
            foreach (var accepted in answers.OfType<SubmitResult.Accepted>())
                Accepted(accepted.Id);
        });
    }

    // rule 1 of what must never happen: what is accepted is durable when the answer leaves
    private void Accepted(JobId id)
    {
        scene.Trace.Note("client", "accepted", id.Value);
        if (!watch.Records.TryGetValue(JobEntity.Key(id), out var record) || record.Version == 0)
            scene.Report("accepted before it is durable", $"job {id}");
        if (ledger.Jobs.Add(id))
            ledger.JobList.Add(id);
    }

    private void StartWorkflow(SimulatedNode node, WorkflowRequest request)
    {
        ledger.Workflows.Add(request.Id!);
        Call(node, $"start {request.Id}", () => node.Jobs.Workflows.StartAsync(request), answer =>
        {
            if (answer is not WorkflowStartResult.Accepted)
                return;
            if (!watch.Records.TryGetValue(WorkflowIds.Entity(request.Id!), out var record) || record.Version == 0)
                scene.Report("accepted before it is durable", $"workflow {request.Id}");
            ledger.AcceptedWorkflows.Add(request.Id!);
        });
    }

    private void PutSchedule(SimulatedNode node, Random random, string id)
    {
        ledger.Schedules.Add(id);
        var request = new ScheduleRequest
        {
            Every = TimeSpan.FromSeconds(random.Next(3, 15)),
            Job = JobRequest.Of(Handlers.Long, random.Next(8000)),
            Misfire = (MisfirePolicy)random.Next(3),
            Overlap = (OverlapPolicy)random.Next(4),
            MisfireAfter = TimeSpan.FromSeconds(random.Next(1, 10)),
        };
        Call(node, $"put {id}", () => node.Jobs.Schedules.PutAsync(id, request));
    }

    private void Call<T>(SimulatedNode node, string what, Func<ValueTask<T>> call, Action<T>? answered = null)
    {
        var number = ++calls;
        scene.Trace.Note(node.Name, "is asked to", what);
        ledger.Open[number] = new(node, what, scene.Trace.Now);
        node.Do(async () =>
        {
            try
            {
                var answer = await call().ConfigureAwait(false);
                scene.Trace.Note(node.Name, "answers", what, number);
                answered?.Invoke(answer);
            }
#pragma warning disable CA1031 // what the weather explains is an unknown outcome, all else is found here
            catch (Exception error)
#pragma warning restore CA1031
            {
                scene.Trace.Note(node.Name, "fails to", what, number);
                if (!SimulatedNode.IsExpected(error))
                    scene.Report("a call ends in an error", $"{what} through {node.Name}: {error}");
            }

            ledger.Open.Remove(number);
        });
    }

    private JobId? AnyJob(Random random) => ledger.JobList.Count == 0 ? null : ledger.JobList[random.Next(ledger.JobList.Count)];

    private static string? AnyOf(List<string> ids, Random random) => ids.Count == 0 ? null : ids[random.Next(ids.Count)];
}
