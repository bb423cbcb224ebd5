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
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly Pullers pullers = new((node, jobs) => GiveBack(host, node, jobs));
    private readonly Lender lender = new();

    private void TakeNodes()
    {
        var nodes = host.Entities.View.Nodes;
        lender.Take(nodes.Values.Where(node => node.Name != host.Node && node.Roles.Contains(NodeRoles.Host)));
        pullers.Forget(nodes.ContainsKey);
    }

    private void BeginPull(FetcherMessage.Pulling pulling, ActorContext<FetcherMessage> context)
    {
        var pull = new Pull(pulling.Request, new Completion<PullAnswer>(host.Dispatcher));
        pullers.Begin(pull, pulling.Request.Received);
        context.Timers.Schedule(("pull", pull.Node), PullPatience, new FetcherMessage.PullOverdue(pull));
        pulling.Begun.Set(pull.Answer);
    }

    private void Lend(ActorContext<FetcherMessage> context)
    {
        if (host.Transport is not { } transport)
            return;
        RecallForLocal();
        foreach (var loan in lender.Lend(pools.Values))
        {
            context.PipeToSelf(
                PullAsync(transport, loan, context.Time),
                answer => new FetcherMessage.Pulled(loan, answer),
                _ => new FetcherMessage.Pulled(loan, null));
        }
    }

    private void RecallForLocal()
    {
        var now = DateTimeOffset.MinValue; // whether there is a job at all does not depend on its age
        foreach (var pool in pools.Values)
        {
            if (pool.Credit > 0 || (pool.Credit == 0 && BestFor(pool, now) is null))
                continue; // below zero more was lent than the pool now takes: it has become smaller, or is draining
            foreach (var loan in lender.Recall(pool))
                _ = RecallAsync(loan.Node);
        }
    }

    private async ValueTask<PullAnswer> PullAsync(IPeerTransport transport, Loan loan, TimeProvider time)
    {
        using var deadline = new CancellationTokenSource(PullDeadline, time);
        var answer = await transport.CallAsync(loan.Node, PullRequest.Operation, loan.RequestOf(host.Node).Encode(), deadline.Token).ConfigureAwait(false);
        return PullAnswer.Decode(answer.Span);
    }

    private async Task RecallAsync(ClusterNode node)
    {
        try
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await host.Transport!.CallAsync(node, PullRequest.RecallOperation, System.Text.Encoding.UTF8.GetBytes(host.Node), deadline.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the pull itself ends in time, with or without this
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private void TakePulled(Loan loan, PullAnswer? answer, ActorContext<FetcherMessage> context)
    {
        lender.Return(loan, answer);
        if (answer is null)
            context.Timers.Schedule(("rest", loan.Node.Name), Rest, new FetcherMessage.PeerRested(loan.Node.Name));
        foreach (var byPool in (answer?.Jobs ?? []).GroupBy(job => job.Pool))
        {
            ClaimedJob[] jobs = [.. byPool.Select(job => job.ToClaimed())];
            foreach (var job in jobs)
                host.Held[job.Key] = job.State.Running!.Number;
            var pool = loan.Shares.First(share => share.Pool.Name == byPool.Key).Pool;
            pool.Credit -= jobs.Length;
            pool.Local!.Tell(new PoolMessage.Run(jobs, context.Time.GetTimestamp(), pool.Introduction));
        }
    }

    private static void GiveBack(JobFetcherContext host, string node, IReadOnlyList<ClaimedJob> jobs) => host.Entities.Send(
        [.. jobs.Select(job => new EntityCommand(job.Key, new LoseAttempt(job.State.Running!.Number, node, WasKnown: false)))]);
}
