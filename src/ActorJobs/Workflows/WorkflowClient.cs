using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.Queues;

namespace ActorJobs.Workflows;

/// <summary>The in-process way to workflows.</summary>
internal sealed class WorkflowClient(
    IEntityClient entities, IEntityStore store, WorkflowReader reader, WorkflowReading reading, WorkflowLists lists, QueueBoard board, Func<string?> closed, TimeProvider time)
    : IWorkflowClient
{
    private static readonly TimeSpan ReplyDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan OutageRetry = TimeSpan.FromSeconds(2);
    private readonly TakenIds taken = new(store, reading);

    public async ValueTask<WorkflowStartResult> StartAsync(WorkflowRequest request, CancellationToken cancellationToken = default)
    {
        if (closed() is { } reason)
            return new WorkflowStartResult.Unavailable(reason, OutageRetry);
        var id = request.Id ?? WorkflowIds.New(time);
        var (definition, problem) = reader.Read(request, id);
        if (definition is null)
            return new WorkflowStartResult.Invalid(problem!);
        if (FullQueue(definition) is { } full)
            return full;
        try
        {
            // an id that was drawn just now is nobody's
            if (request.Id is not null && await FindTakenAsync(id, definition, cancellationToken).ConfigureAwait(false) is { Workflow: null } found)
                return new WorkflowStartResult.IdTaken(found.Id);
            var command = new StartWorkflow(definition, request.Name, WorkflowReader.RetentionOf(request)) { Fingerprint = request.Fingerprint };
            var started = await AskAsync<StartedReply>(id, command, cancellationToken).ConfigureAwait(false);
            return started.IsAnother
                ? new WorkflowStartResult.Conflict(id)
                : new WorkflowStartResult.Accepted(id, started.Status, store.Durability, started.IsNew);
        }
        catch (EntityException exception) when (exception.Failure.Reason == EntityFailureReason.TooLarge)
        {
            return new WorkflowStartResult.Invalid(new("too-large", exception.Failure.Detail, "jobs"));
        }
        catch (Exception exception) when (exception is EntityException or TimeoutException)
        {
            return new WorkflowStartResult.Unavailable(exception.Message, OutageRetry);
        }
    }

    public ValueTask<WorkflowView?> FindAsync(string id, CancellationToken cancellationToken = default) => reading.ViewAsync(id, cancellationToken);

    public ValueTask<WorkflowPage> ListAsync(WorkflowStatus? status, string? cursor, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        return lists.ListAsync(status, cursor, limit, cancellationToken);
    }

    public ValueTask<WorkflowCommandResult> CancelAsync(
        string id, string? reason = null, bool compensate = true, CancellationToken cancellationToken = default) =>
        CommandAsync(id, new CancelWorkflow(reason ?? "on request", compensate), cancellationToken);

    public ValueTask<WorkflowCommandResult> RetryAsync(string id, CancellationToken cancellationToken = default) =>
        CommandAsync(id, new RetryWorkflow(), cancellationToken);

    public async ValueTask<WorkflowCommandResult> AddAsync(string id, IReadOnlyList<WorkflowJob> jobs, CancellationToken cancellationToken = default)
    {
        var (definition, problem) = reader.ReadNodes(jobs, id, areAdded: true);
        if (definition is null)
            return new WorkflowCommandResult.Invalid(problem!);
        try
        {
            if (WorkflowIds.IsPossible(id) && await FindTakenAsync(id, definition, cancellationToken).ConfigureAwait(false) is { Workflow: { } status } found)
                return new WorkflowCommandResult.Refused(status, $"There is a job '{found.Id}' already that is not of this workflow.");
        }
        catch (EntityException exception)
        {
            return new WorkflowCommandResult.Unavailable(exception.Message, OutageRetry);
        }

        return await CommandAsync(id, new AddToWorkflow(definition), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<TakenId?> FindTakenAsync(string id, WorkflowDefinition definition, CancellationToken cancellationToken)
    {
        try
        {
            return await taken.FindAsync(id, definition, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new EntityException(WorkflowIds.Entity(id), new EntityFailure(EntityFailureReason.Unavailable, "The store cannot be read; nothing has begun."));
        }
    }

    private async ValueTask<WorkflowCommandResult> CommandAsync(string id, WorkflowCommand command, CancellationToken cancellationToken)
    {
        if (!WorkflowIds.IsPossible(id))
            return new WorkflowCommandResult.NotFound();
        try
        {
            return await AskAsync<WorkflowCommandResult>(id, command, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is EntityException or TimeoutException)
        {
            return new WorkflowCommandResult.Unavailable(exception.Message, OutageRetry);
        }
    }

    private Task<TReply> AskAsync<TReply>(string id, WorkflowCommand command, CancellationToken cancellationToken) =>
        entities.AskAsync<TReply>(WorkflowIds.Entity(id), command, null, cancellationToken).AsTask().WaitAsync(ReplyDeadline, time, cancellationToken);

    // what was accepted is never refused later, so a workflow is asked for room once, at its start
    private WorkflowStartResult.QueueFull? FullQueue(WorkflowDefinition definition)
    {
        foreach (var name in definition.Templates.Select(template => template.Queue).Distinct(StringComparer.Ordinal))
        {
            var queue = board.Of(name);
            if (queue.Settings.Draining || queue.Waiting >= queue.Capacity)
                return new WorkflowStartResult.QueueFull(name, queue.RetryAfter()) { IsDraining = queue.Settings.Draining };
        }

        return null;
    }
}
