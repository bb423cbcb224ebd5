using ActorJobs.TestKit.Nodes;

namespace ActorJobs.Tests.Workflows;

/// <summary>A node that runs workflows of jobs which do at once what their arguments say, and note it.</summary>
internal sealed class FlowNode : IAsyncDisposable
{
    private readonly Lock gate = new(); // guards runs
    private readonly List<string> runs;
    private readonly TestNodeSetup setup;

    private FlowNode(TestNodeSetup setup, List<string> runs)
    {
        this.runs = runs;
        this.setup = setup with { Kinds = [new JobKind("step", new KindOptions { MaxAttempts = 1 }, RunAsync), .. setup.Kinds] };
    }

    public TestNode Node { get; private set; } = null!;

    /// <summary>The ids of the jobs that ran, in order.</summary>
    public IReadOnlyList<string> Runs
    {
        get
        {
            lock (gate)
                return [.. runs];
        }
    }

    /// <summary>Jobs of these keys fail.</summary>
    public HashSet<string> Failing { get; init; } = [];

    /// <summary>What jobs of these keys do besides.</summary>
    public Dictionary<string, Func<JobContext, Task>> Doing { get; init; } = [];

    public static async Task<FlowNode> StartAsync(TestNodeSetup? setup = null, FlowNode? before = null)
    {
        var flow = new FlowNode(setup ?? new TestNodeSetup(), before?.runs ?? [])
        {
            Failing = before?.Failing ?? [],
            Doing = before?.Doing ?? [],
        };
        flow.Node = await TestNode.StartAsync(flow.setup);
        return flow;
    }

    /// <summary>A job whose result is its arguments and those of its parents.</summary>
    public static JobRequest Step(string text) => JobRequest.Of("step", text);

    public static WorkflowJob Job(string key, params WorkflowEdge[] after) => new() { Key = key, Job = Step(key), After = after };

    /// <summary>Starts a workflow; fails unless it is accepted.</summary>
    public async Task<string> BeginAsync(params WorkflowJob[] jobs) => await BeginAsync(new WorkflowRequest { Jobs = jobs });

    public async Task<string> BeginAsync(WorkflowRequest request) =>
        Assert.IsType<WorkflowStartResult.Accepted>(await Node.DriveAsync(Node.Workflows.StartAsync(request))).Id;

    /// <summary>The workflow once it has ended.</summary>
    public async Task<WorkflowView> EndAsync(string id) => await UntilAsync(id, view => view.State.IsTerminal());

    public async Task<WorkflowView> UntilAsync(string id, Func<WorkflowView, bool> match)
    {
        WorkflowView? seen = null;
        await Node.UntilAsync(
            () => (seen = Node.Workflows.FindAsync(id).AsTask().GetAwaiter().GetResult()) is { } view && match(view),
            $"workflow {id} to go on");
        return seen!;
    }

    public ValueTask DisposeAsync() => Node.DisposeAsync();

    private async ValueTask<JobOutcome> RunAsync(RawJson args, JobContext context)
    {
        var key = context.Id.Value.Split(':')[^1];
        lock (gate)
            runs.Add(key);
        if (Doing.TryGetValue(key, out var work))
            await work(context);
        if (Failing.Contains(key))
            return JobOutcome.Failed("told to");
        var parents = await context.GetParentsAsync();
        var text = string.Join('+', parents.Select(parent => parent.State == StepStatus.Completed ? parent.ResultAs<string>() : parent.State.ToString()));
        return new JobOutcome.Completion(RawJson.Of(text.Length == 0 ? args.Deserialize<string>() : $"{args.Deserialize<string>()}({text})"));
    }
}
