namespace ActorJobs.Pools.Isolated;

/// <summary>What a handler in a child process knows of its job: what it says goes to the node.</summary>
internal sealed class ChildContext(ChildMessage.Run run, MessageStream node, IServiceProvider services, CancellationToken cancellation) : JobContext
{
    private readonly ChildCalls calls = new(node);
    private RawJson? checkpoint = run.Checkpoint;
    private TaskCompletionSource<bool>? saving; // written by the handler, completed by the reader

    public override JobId Id { get; } = new(run.Id);

    public override string Kind => run.Kind;

    public override string Queue => run.Queue;

    public override int Attempt => run.Attempt;

    public override int MaxAttempts => run.MaxAttempts;

    public override string? Tenant => run.Tenant;

    public override IReadOnlyDictionary<string, string> Meta => run.Meta;

    public override string? WorkflowId => run.WorkflowId;

    public override CancellationToken Cancellation => cancellation;

    public override IServiceProvider Services => services;

    public override void ReportProgress(double fraction, string? message = null) => Tell(new ChildMessage.Progress(double.IsFinite(fraction) ? fraction : 0, message));

    public override void Log(string line) => Tell(new ChildMessage.Log(line));

    public override async ValueTask SaveCheckpointAsync<T>(T checkpoint)
    {
        var json = AttemptLog.CheckpointOf(checkpoint);
        this.checkpoint = json.IsNull ? null : json;
        saving = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await node.WriteAsync(new ChildMessage.Store(json), CancellationToken.None).ConfigureAwait(false);
        if (!await saving.Task.ConfigureAwait(false))
            throw new OperationCanceledException("This attempt is not the running one any more.");
    }

    public override bool TryGetCheckpoint<T>(out T? checkpoint)
        where T : default
    {
        checkpoint = this.checkpoint is { } json ? json.Deserialize<T>() : default;
        return this.checkpoint is not null;
    }

    public override async ValueTask<IReadOnlyList<SubmitResult>> SubmitChildrenAsync(string key, IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken = default) =>
        await calls.AskAsync<SubmitResult[]>(ChildVerb.SubmitChildren, RawJson.Of(new ChildrenToSubmit(key, requests)), cancellationToken).ConfigureAwait(false);

    public override async ValueTask<IReadOnlyList<ParentResult>> GetParentsAsync(CancellationToken cancellationToken = default) =>
        WorkflowId is null ? [] : await calls.AskAsync<ParentResult[]>(ChildVerb.GetParents, default, cancellationToken).ConfigureAwait(false);

    public override async ValueTask<WorkflowCommandResult> AddToWorkflowAsync(IReadOnlyList<WorkflowJob> jobs, CancellationToken cancellationToken = default) =>
        WorkflowId is null
            ? await base.AddToWorkflowAsync(jobs, cancellationToken).ConfigureAwait(false)
            : await calls.AskAsync<WorkflowCommandResult>(ChildVerb.AddToWorkflow, RawJson.Of(jobs), cancellationToken).ConfigureAwait(false);

    public override async Task<IReadOnlyList<JobView>> WaitForAsync(IReadOnlyList<JobId> jobs, CancellationToken cancellationToken = default)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, cancellation);
        return await calls.AskAsync<JobView[]>(ChildVerb.WaitFor, RawJson.Of(jobs), linked.Token).ConfigureAwait(false);
    }

    /// <summary>The node has answered a call.</summary>
    public void Answered(ChildMessage.Answer answer) => calls.Answered(answer);

    /// <summary>The node has answered for the checkpoint.</summary>
    public void Saved(bool isRunning) => saving?.TrySetResult(isRunning);

    private void Tell(ChildMessage message) => node.WriteAsync(message, CancellationToken.None).AsTask().GetAwaiter().GetResult();
}
