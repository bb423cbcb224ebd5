using ActorJobs.Workloads.Scraping.Parsing;

namespace ActorJobs.Workloads.Scraping.Crawling;

/// <summary>A page to visit.</summary>
internal sealed record Visit(Uri Url, int Depth, int Position);

/// <summary>The pages a crawl knows of: each is visited once, the most promising first, and no more than <paramref name="maxPages"/> in all.</summary>
internal sealed class Frontier(int maxPages, int maxDepth)
{
    private readonly Lock guard = new();

    // guarded by `guard`
    private readonly HashSet<Uri> seen = [];
    private readonly PriorityQueue<Visit, (LinkKind Kind, int Position)> waiting = new();

    /// <summary>How many pages were found so far, at most as many as will be visited.</summary>
    public int Known
    {
        get
        {
            lock (guard)
                return seen.Count;
        }
    }

    public int Taken { get; private set; }

    public void Add(PageLink link, int depth)
    {
        lock (guard)
        {
            if (depth <= maxDepth && seen.Count < maxPages && seen.Add(link.Target))
                waiting.Enqueue(new Visit(link.Target, depth, seen.Count), (link.Kind, seen.Count));
        }
    }

    public IReadOnlyList<Visit> Take(int most)
    {
        lock (guard)
        {
            var taken = new List<Visit>(most);
            while (taken.Count < most && waiting.TryDequeue(out var visit, out _))
                taken.Add(visit);
            Taken += taken.Count;
            return taken;
        }
    }
}
