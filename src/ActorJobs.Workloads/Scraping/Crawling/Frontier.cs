using ActorJobs.Workloads.Scraping.Parsing;

namespace ActorJobs.Workloads.Scraping.Crawling;

/// <summary>A page to visit.</summary>
/// <param name="Link">Where, and what it seems to be.</param>
/// <param name="Depth">How many links it is away from the start.</param>
/// <param name="Position">Its place among the pages found.</param>
/// <param name="Attempt">How often the site asked to come back later.</param>
internal sealed record Visit(PageLink Link, int Depth, int Position, int Attempt = 0)
{
    public Uri Url => Link.Target;
}

/// <summary>The pages a crawl knows of: each is visited once, the most promising first, and no more than <paramref name="maxPages"/> in all.</summary>
internal sealed class Frontier(int maxPages, int maxDepth)
{
    private const int MaxFeeds = 3;
    private readonly Lock guard = new();

    // guarded by `guard`
    private readonly HashSet<Uri> seen = [];
    private readonly PriorityQueue<Visit, (LinkKind Kind, int Position)> waiting = new();
    private int feeds;

    /// <summary>How many pages were found so far, at most as many as will be visited.</summary>
    public int Known
    {
        get
        {
            lock (guard)
                return seen.Count;
        }
    }

    /// <summary>How many of them were not visited yet.</summary>
    public int Waiting
    {
        get
        {
            lock (guard)
                return waiting.Count;
        }
    }

    public int Taken { get; private set; }

    /// <summary>Whether a page was left out because there were too many.</summary>
    public bool IsCutOff { get; private set; }

    public void Add(PageLink link, int depth)
    {
        lock (guard)
        {
            if (depth > maxDepth || seen.Contains(link.Target))
                return;
            // a page that lists other companies' boards is not a reason to read them all
            if (seen.Count >= maxPages || (link.Kind == LinkKind.Board && feeds >= MaxFeeds))
            {
                IsCutOff = true;
                return;
            }

            feeds += link.Kind == LinkKind.Board ? 1 : 0;
            seen.Add(link.Target);
            waiting.Enqueue(new Visit(link, depth, seen.Count), (link.Kind, seen.Count));
        }
    }

    /// <summary>Visits a page again, after those that wait.</summary>
    public void Return(Visit visit)
    {
        lock (guard)
        {
            Taken--;
            waiting.Enqueue(visit with { Attempt = visit.Attempt + 1 }, (visit.Link.Kind, seen.Count + visit.Position));
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
