using ActorJobs.Actors;
using ActorJobs.Actors.Cluster;
using ActorJobs.Actors.Dispatch;
using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;
using ActorJobs.Pools;
using ActorJobs.Queues.Pulling;

namespace ActorJobs.Queues;

/// <summary>Work between nodes: what local pools leave goes to nodes that ask for it, and local pools' room is lent to nodes that have work.</summary>
internal sealed partial class JobFetcher
{
    private static readonly TimeSpan PullPatience = TimeSpan.FromSeconds(15); // how long a pull without work waits
    private static readonly TimeSpan PullDeadline = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan RecallDeadline = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly Pullers pullers;
    private readonly Dictionary<string, Lender> lenders = new(StringComparer.Ordinal); // by the pool

    private void TakeNodes()
    {
        var nodes = host.Entities.View.Nodes;
        foreach (var lender in lenders.Values)
            lender.Take(HostsAmong(nodes.Values));
        pullers.Forget(nodes.ContainsKey);
    }

    private IEnumerable<ClusterNode> HostsAmong(IEnumerable<ClusterNode> nodes) =>
        nodes.Where(node => node.Name != host.Node && node.Roles.Contains(NodeRoles.Host));

    private void BeginPull(FetcherMessage.Pulling pulling, ActorContext<FetcherMessage> context)
    {
        var pull = new Pull(pulling.Request, new Completion<PullAnswer>(host.Dispatcher));
        pullers.Begin(pull);
        context.Timers.Schedule(("pull", pull.Request.Node, pull.Request.Pool), PullPatience, new FetcherMessage.PullOverdue(pull));
        pulling.Begun.Set(pull.Answer);
    }

    private void Lend(ActorContext<FetcherMessage> context)
    {
        pullers.Tell();
        if (host.Transport is not { } transport)
            return;
        foreach (var pool in pools.Values)
        {
            var lender = LenderOf(pool);
            // below zero more was lent than the pool now takes: it has become smaller, or is draining
            if (pool.Credit < 0 || (pool.Credit == 0 && HasWork(pool)))
                Recall(lender.RecallAll());
            foreach (var loan in lender.Lend())
            {
                context.PipeToSelf(
                    PullAsync(transport, loan, context.Time),
                    answer => new FetcherMessage.Pulled(loan, answer),
                    _ => new FetcherMessage.Pulled(loan, null));
            }

            Recall(lender.RecallForOthers());
        }
    }

    private Lender LenderOf(FetcherPool pool)
    {
        if (!lenders.TryGetValue(pool.Name, out var lender))
        {
            lenders[pool.Name] = lender = new Lender(pool, host.Received);
            lender.Take(HostsAmong(host.Entities.View.Nodes.Values));
        }

        return lender;
    }

    // whether there is a job at all does not depend on its age
    private bool HasWork(FetcherPool pool) => BestFor(pool, DateTimeOffset.MinValue) is not null;

    private async ValueTask<PullAnswer> PullAsync(IPeerTransport transport, Loan loan, TimeProvider time)
    {
        using var deadline = new CancellationTokenSource(PullDeadline, time);
        var answer = await transport.CallAsync(loan.Node, PullRequest.Operation, loan.RequestOf(host.Node), deadline.Token).ConfigureAwait(false);
        return PullAnswer.Decode(answer.Span);
    }

    private void Recall(IReadOnlyList<Loan> loans)
    {
        foreach (var loan in loans)
            _ = RecallAsync(loan);
    }

    private async Task RecallAsync(Loan loan)
    {
        try
        {
            using var deadline = new CancellationTokenSource(RecallDeadline, host.Time);
            await host.Transport!.CallAsync(loan.Node, PullRequest.RecallOperation, loan.RequestOf(host.Node), deadline.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the pull itself ends in time, with or without this
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private void TakePulled(Loan loan, PullAnswer? answer, ActorContext<FetcherMessage> context)
    {
        var pool = loan.Pool;
        LenderOf(pool).Return(loan, answer); // one that was lent by the pool before its restart adds to nobody's room
        if (answer is null)
            context.Timers.Schedule(("rest", pool.Name, loan.Node.Name), Rest, new FetcherMessage.PeerRested(pool.Name, loan.Node.Name));
        if (answer is not { Jobs.Count: > 0 })
            return;
        ClaimedJob[] jobs = [.. answer.Jobs.Select(job => job.ToClaimed())];
        foreach (var job in jobs)
            host.Held[job.Key] = job.State.Running!.Number;
        pool.Credit -= jobs.Length;
        pool.Local!.Tell(new PoolMessage.Run(jobs, context.Time.GetTimestamp(), pool.Introduction));
    }

    private static void GiveBack(JobFetcherContext host, string node, IReadOnlyList<ClaimedJob> jobs) => host.Entities.Send(
        [.. jobs.Select(job => new EntityCommand(job.Key, new LoseAttempt(job.State.Running!.Number, node, WasKnown: false)))]);
}
