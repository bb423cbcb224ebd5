using ActorJobs.Actors.Dispatch;

namespace ActorJobs.Queues.Pulling;

/// <summary>A pull of another node while it waits here for work. Used in the fetcher's turns.</summary>
internal sealed class Pull
{
    private readonly Completion<PullAnswer> answer;

    public Pull(PullRequest request, Completion<PullAnswer> answer)
    {
        this.answer = answer;
        Node = request.Node;
        Pools = [.. request.Pools.Select(pool => new FetcherPool(request.Node, pool.Name, new ServedQueues(pool.Queues, pool.Except)) { Pull = this, Credit = pool.Room })];
    }

    public string Node { get; }

    public IReadOnlyList<FetcherPool> Pools { get; }

    /// <summary>Claims under way for it.</summary>
    public int Open { get; set; }

    /// <summary>Whether it takes no more: it is answered as soon as its claims are decided.</summary>
    public bool IsRecalled { get; set; }

    public List<(string Pool, ClaimedJob Job)> Jobs { get; } = [];

    public Task<PullAnswer> Answer => answer.Task;

    public void Complete(PullAnswer with) => answer.Set(with);
}
