namespace ActorJobs;

/// <summary>
/// Puts workflows together: <c>Workflow.Named("import").Then("fetch", fetch).Then("parse", parse).Group(pages).Then("join", join).Build()</c>. What is
/// added waits for what was added before it.
/// </summary>
public sealed class Workflow
{
    private readonly List<WorkflowJob> jobs = [];
    private readonly string? name;
    private IReadOnlyList<WorkflowEdge> last = [];

    private Workflow(string? name) => this.name = name;

    /// <summary>Begins a workflow.</summary>
    public static Workflow Named(string? name = null) => new(name);

    /// <summary>Jobs one after another, keyed by their place: <c>1</c>, <c>2</c> and so on.</summary>
    public static WorkflowRequest Chain(params IReadOnlyList<JobRequest> jobs) =>
        jobs.Index().Aggregate(Named(), (flow, job) => flow.Then($"{job.Index + 1}", job.Item)).Build();

    /// <summary>Jobs side by side, keyed by their place.</summary>
    public static WorkflowRequest Group(params IReadOnlyList<JobRequest> jobs) => Named().Fan("", jobs).Build();

    /// <summary>Jobs side by side, keyed by their place, and one when all have ended, keyed <c>join</c>.</summary>
    public static WorkflowRequest Chord(IReadOnlyList<JobRequest> jobs, JobRequest join) => Named().Fan("", jobs).Then("join", join).Build();

    /// <summary>Adds a job that waits for everything the step before added.</summary>
    public Workflow Then(string key, JobRequest job, JobRequest? compensation = null, FailurePolicy onFailure = FailurePolicy.Stop) =>
        Add([new WorkflowJob { Key = key, Job = job, Compensation = compensation, OnFailure = onFailure }]);

    /// <summary>Adds a workflow that waits for everything the step before added.</summary>
    public Workflow Then(string key, WorkflowRequest nested, FailurePolicy onFailure = FailurePolicy.Stop) =>
        Add([new WorkflowJob { Key = key, Workflow = nested, OnFailure = onFailure }]);

    /// <summary>Adds jobs side by side, keyed by a prefix and their place, that each wait for everything the step before added.</summary>
    public Workflow Fan(string prefix, IReadOnlyList<JobRequest> side, FailurePolicy onFailure = FailurePolicy.Stop) =>
        Add([.. side.Select((job, place) => new WorkflowJob { Key = $"{prefix}{place + 1}", Job = job, OnFailure = onFailure })]);

    /// <summary>Adds nodes as they are; the next step waits for them.</summary>
    public Workflow With(params IReadOnlyList<WorkflowJob> nodes)
    {
        jobs.AddRange(nodes);
        last = [.. nodes.Select(node => new WorkflowEdge(node.Key))];
        return this;
    }

    /// <summary>The workflow as a request.</summary>
    public WorkflowRequest Build(string? id = null) => new() { Id = id, Name = name, Jobs = [.. jobs] };

    private Workflow Add(IReadOnlyList<WorkflowJob> step) => step.Count == 0 ? this : With([.. step.Select(node => node with { After = last })]);
}
