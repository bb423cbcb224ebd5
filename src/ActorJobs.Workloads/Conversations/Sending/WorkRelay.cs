using System.Threading.Channels;
using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;

namespace ActorJobs.Workloads.Conversations;

/// <summary>
/// Sees to it that what conversations need is under way as jobs. Told of new work as soon as it is durable; and now and then reads the list of
/// conversations with work, which finds what a dead process, a full queue or a job that gave up has left. Submitting the same work again changes
/// nothing, for its job has the same id.
/// </summary>
internal sealed partial class WorkRelay(
    IServiceProvider services, IEntityStore store, ConversationsOptions options, ActorJobsOptions node, Lazy<Language> fallback, TimeProvider time, ILogger<WorkRelay> logger)
    : BackgroundService
{
    private const int MaxBatch = 256;
    private const int PageSize = 200;

    // what does not fit is found by the next sweep
    private readonly Channel<ConversationJob> offered = Channel.CreateBounded<ConversationJob>(new BoundedChannelOptions(65_536) { FullMode = BoundedChannelFullMode.DropWrite });

    // asked for late: the node is made of entities whose observer holds this relay
    private IJobClient Jobs => services.GetRequiredService<IJobClient>();

    private IEntityClient Entities => services.GetRequiredService<IEntityClient>();

    /// <summary>Takes in work; never waits.</summary>
    public void Offer(ConversationJob job) => offered.Writer.TryWrite(job);

    /// <summary>Sees to all conversations that are listed as having work.</summary>
    internal async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        if ((await store.CountAsync(ConversationIndex.Work, cancellationToken)).Values.Sum() == 0)
            return 0;
        var found = 0;
        for (var shard = 0; shard < node.Shards; shard++)
        {
            IndexPosition? after = null;
            while (true)
            {
                var page = await store.ReadIndexAsync(new IndexQuery(shard, ConversationIndex.Work, PageSize) { After = after }, cancellationToken);
                found += page.Count;
                var entities = await store.ReadAsync([.. page.Select(entry => entry.Key)], cancellationToken);
                var jobs = entities.OfType<StoredEntity>().SelectMany(entity => ConversationWork.Of(entity.Key.Id, ConversationCodec.StateOf(entity), fallback.Value));
                await SubmitAsync([.. jobs], cancellationToken);
                if (page.Count < PageSize)
                    break;
                after = new IndexPosition(page[^1].Sort, page[^1].Key);
            }
        }

        return found;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Task.Run(() => RelayAsync(stoppingToken), stoppingToken), Task.Run(() => SweepLoopAsync(stoppingToken), stoppingToken));

    private async Task RelayAsync(CancellationToken stopping)
    {
        var batch = new List<ConversationJob>(MaxBatch);
        while (await offered.Reader.WaitToReadAsync(stopping))
        {
            batch.Clear();
            while (batch.Count < MaxBatch && offered.Reader.TryRead(out var job))
                batch.Add(job);
            await GuardAsync(() => SubmitAsync(batch, stopping), stopping);
        }
    }

    private async Task SweepLoopAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(options.WorkSweep, time);
        do
            await GuardAsync(() => SweepAsync(stopping), stopping);
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private async Task SubmitAsync(List<ConversationJob> work, CancellationToken cancellationToken)
    {
        if (work.Count == 0)
            return;
        var results = await Jobs.SubmitManyAsync([.. work.Select(job => job.Submit)], cancellationToken);
        for (var i = 0; i < results.Count; i++)
        {
            switch (results[i])
            {
                case SubmitResult.Accepted { IsNew: false } ended when ended.State.IsTerminal():
                    await GiveUpAsync(work[i], ended, cancellationToken);
                    break;
                case SubmitResult.Invalid(var problem):
                    LogInvalid(logger, work[i].Id, problem.Detail);
                    break;
            }
        }
    }

    /// <summary>A job that has ended while its work is still needed has given up. A job that did the work has said so to the conversation, for which this is no news.</summary>
    private async Task GiveUpAsync(ConversationJob work, SubmitResult.Accepted ended, CancellationToken cancellationToken)
    {
        var job = await Jobs.FindAsync(ended.Id, cancellationToken);
        var reason = job?.Error?.Message ?? $"The job ended as {ended.State}.";
        await Entities.AskAsync<CommandAnswer>(new EntityKey(ConversationDecider.Kind, work.Conversation), work.GivenUp(reason), cancellationToken: cancellationToken);
    }

    private async Task GuardAsync(Func<Task> run, CancellationToken stopping)
    {
        try
        {
            await run();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // whatever it was, the next sweep finds the work again
        catch (Exception exception)
        {
            LogFailed(logger, exception);
        }
#pragma warning restore CA1031
    }

    [LoggerMessage(1, LogLevel.Warning, "Work of conversations could not be submitted now; it is tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "The job {Job} of a conversation was refused: {Problem}")]
    private static partial void LogInvalid(ILogger logger, JobId job, string problem);
}
