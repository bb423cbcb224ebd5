using ActorJobs.Actors.Dispatch;

namespace ActorJobs.Queues.Pulling;

/// <summary>A pull of another node's pool while it waits here for work. Used in the fetcher's turns.</summary>
internal sealed class Pull
{
    private readonly Completion<PullAnswer> answer;

    public Pull(PullRequest request, Completion<PullAnswer> answer)
    {
        (Request, this.answer) = (request, answer);
        Pool = new FetcherPool(request.Node, request.Pool, new ServedQueues(request.Queues, request.Except)) { Pull = this, Credit = request.Room };
    }

    public PullRequest Request { get; }

    public FetcherPool Pool { get; }

    /// <summary>Claims under way for it.</summary>
    public int Open { get; set; }

    /// <summary>Whether it takes no more: it is answered as soon as its claims are decided.</summary>
    public bool IsRecalled { get; set; }

    public List<ClaimedJob> Jobs { get; } = [];

    public Task<PullAnswer> Answer => answer.Task;

    public void Complete(PullAnswer with) => answer.Set(with);
}
