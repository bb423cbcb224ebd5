namespace ActorJobs.Queues.Pulling;

/// <summary>
/// The nodes that pull work from this one, each with at most one pull at a time. What was answered is kept until the node says it has got it; what
/// it has not got is given back. Used in the fetcher's turns.
/// </summary>
/// <param name="giveBack">Ends claims of which their node never heard.</param>
internal sealed class Pullers(Action<string, IReadOnlyList<ClaimedJob>> giveBack)
{
    private readonly Dictionary<string, Puller> pullers = new(StringComparer.Ordinal);
    private long answers;

    /// <summary>The pools that may get jobs.</summary>
    public IEnumerable<FetcherPool> Pools => pullers.Values.SelectMany(puller => puller.Current is { IsRecalled: false } pull ? pull.Pools : []);

    /// <summary>Takes in a pull; one that waited before is answered.</summary>
    public void Begin(Pull pull, long received)
    {
        if (!pullers.TryGetValue(pull.Node, out var puller))
            pullers[pull.Node] = puller = new Puller();
        if (puller.Number != received)
            GiveBack(pull.Node, puller);
        (puller.Number, puller.Answered) = (0, []);
        if (puller.Current is { } former)
            Recall(former);
        puller.Current = pull;
        if (pull.Pools.Count == 0)
            Recall(pull);
    }

    /// <summary>Notes that claims of a pull have been decided.</summary>
    public void Claimed(Pull pull, string pool, IReadOnlyList<ClaimedJob> jobs)
    {
        pull.Open--;
        foreach (var job in jobs)
            pull.Jobs.Add((pool, job));
        if (pull.Open == 0 && (pull.Jobs.Count > 0 || pull.IsRecalled))
            Answer(pull);
    }

    /// <summary>Ends a pull with what it has.</summary>
    public void Recall(Pull pull)
    {
        pull.IsRecalled = true;
        if (pull.Open == 0)
            Answer(pull);
    }

    /// <summary>Ends the pull of a node.</summary>
    public void Recall(string node)
    {
        if (pullers.TryGetValue(node, out var puller) && puller.Current is { } pull)
            Recall(pull);
    }

    /// <summary>A node is gone: its claims are lost with it.</summary>
    public void Forget(Func<string, bool> lives)
    {
        foreach (var node in pullers.Keys.Where(node => !lives(node)).ToArray())
        {
            if (pullers[node].Current is { } pull)
                Recall(pull);
            pullers.Remove(node);
        }
    }

    private void Answer(Pull pull)
    {
        var isCurrent = pullers.TryGetValue(pull.Node, out var puller) && puller.Current == pull;
        if (isCurrent)
            puller!.Current = null;
        ClaimedJob[] jobs = [.. pull.Jobs.Select(job => job.Job)];
        if (jobs.Length == 0)
        {
            pull.Complete(PullAnswer.Nothing);
        }
        else if (isCurrent)
        {
            (puller!.Number, puller.Answered) = (++answers, jobs);
            pull.Complete(new PullAnswer(answers, [.. pull.Jobs.Select(job => PulledJob.Of(job.Pool, job.Job))]));
        }
        else
        {
            // nobody waits for this one any more
            pull.Complete(PullAnswer.Nothing);
            giveBack(pull.Node, jobs);
        }
    }

    private void GiveBack(string node, Puller puller)
    {
        if (puller.Answered.Length > 0)
            giveBack(node, puller.Answered);
    }

    private sealed class Puller
    {
        public Pull? Current { get; set; }

        /// <summary>The last answer, until it is known to be received.</summary>
        public long Number { get; set; }

        public ClaimedJob[] Answered { get; set; } = [];
    }
}
