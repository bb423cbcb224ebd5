namespace ActorJobs.Queues.Pulling;

/// <summary>
/// The pools of other nodes that pull work from this one, each with at most one pull at a time. What was answered is kept until the node says it has got it; what
/// it has not got is given back. Used in the fetcher's turns.
/// </summary>
/// <param name="giveBack">Ends claims of which their node never heard.</param>
/// <param name="hasMore">Whether there are available jobs that a pull's pools serve.</param>
internal sealed class Pullers(Action<string, IReadOnlyList<ClaimedJob>> giveBack, Func<Pull, bool> hasMore)
{
    private readonly Dictionary<(string Node, string Pool), Puller> pullers = [];
    private long answers;

    /// <summary>The pools that may get jobs.</summary>
    public IEnumerable<FetcherPool> Pools => pullers.Values.Select(puller => puller.Current).OfType<Pull>().Where(pull => !pull.IsRecalled).Select(pull => pull.Pool);

    /// <summary>Takes in a pull; one that waited before is answered.</summary>
    public void Begin(Pull pull)
    {
        var from = (pull.Request.Node, pull.Request.Pool);
        if (!pullers.TryGetValue(from, out var puller))
            pullers[from] = puller = new Puller();
        if (puller.Number != pull.Request.Received && puller.Answered.Length > 0)
            giveBack(pull.Request.Node, puller.Answered);
        (puller.Number, puller.Answered) = (0, []);
        if (puller.Current is { } former)
            Recall(former);
        puller.Current = pull;
        if (pull.Request.IsNotice)
            Recall(pull);
    }

    /// <summary>Notes that claims of a pull have been decided.</summary>
    public void Claimed(Pull pull, IReadOnlyList<ClaimedJob> jobs)
    {
        pull.Open--;
        pull.Jobs.AddRange(jobs);
        if (pull.Open == 0 && (pull.Jobs.Count > 0 || pull.IsRecalled))
            Answer(pull);
    }

    /// <summary>Answers those who only listen, when there is something to tell.</summary>
    public void Tell()
    {
        foreach (var puller in pullers.Values)
        {
            if (puller.Current is { Request.Room: 0 } pull && hasMore(pull))
                Recall(pull);
        }
    }

    /// <summary>Ends a pull with what it has.</summary>
    public void Recall(Pull pull)
    {
        pull.IsRecalled = true;
        if (pull.Open == 0)
            Answer(pull);
    }

    /// <summary>Ends the pull that waits for a node's pool.</summary>
    public void Recall(string node, string pool)
    {
        if (pullers.TryGetValue((node, pool), out var puller) && puller.Current is { } pull)
            Recall(pull);
    }

    /// <summary>A node is gone: its claims are lost with it.</summary>
    public void Forget(Func<string, bool> lives)
    {
        foreach (var from in pullers.Keys.Where(from => !lives(from.Node)).ToArray())
        {
            if (pullers[from].Current is { } pull)
                Recall(pull);
            pullers.Remove(from);
        }
    }

    private void Answer(Pull pull)
    {
        var isCurrent = pullers.TryGetValue((pull.Request.Node, pull.Request.Pool), out var puller) && puller.Current == pull;
        if (isCurrent)
            puller!.Current = null;
        ClaimedJob[] jobs = [.. pull.Jobs];
        if (isCurrent && jobs.Length > 0)
        {
            (puller!.Number, puller.Answered) = (++answers, jobs);
            pull.Complete(new PullAnswer(answers, [.. jobs.Select(PulledJob.Of)], hasMore(pull)));
            return;
        }

        pull.Complete(PullAnswer.Nothing with { HasMore = isCurrent && hasMore(pull) });
        if (jobs.Length > 0)
            giveBack(pull.Request.Node, jobs); // nobody waits for this one any more
    }

    private sealed class Puller
    {
        public Pull? Current { get; set; }

        /// <summary>The last answer, until it is known to be received.</summary>
        public long Number { get; set; }

        public ClaimedJob[] Answered { get; set; } = [];
    }
}
