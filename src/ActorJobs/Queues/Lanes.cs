using ActorJobs.Actors.Entities;
using ActorJobs.Actors.Stores;
using ActorJobs.Jobs;
using ActorJobs.Limits;

namespace ActorJobs.Queues;

/// <summary>
/// The jobs of a level by what limits tell apart: a lane for each tenant, concurrency key and dependency. Tenants take turns by their weights, within a tenant
/// the oldest job comes first, and a lane that is held is put aside until it is woken, so that nobody waits behind it and nobody looks at it in
/// vain. Only levels with such jobs have lanes. What is noted of a job may be outdated; it is checked when it comes up.
/// </summary>
/// <param name="shares">Whose turn it is.</param>
/// <param name="find">The job as the window has it now, or null.</param>
internal sealed class Lanes(FairShare shares, Func<int, EntityKey, StoredEntry?> find)
{
    private readonly Dictionary<string, Lane> lanes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tenant> tenants = new(StringComparer.Ordinal);
    private readonly List<Lane> held = [];

    /// <summary>How many jobs are noted, outdated ones included.</summary>
    public int Noted { get; private set; }

    public void Add(int shard, in StoredEntry entry)
    {
        var text = TextOf(entry.Value);
        if (!lanes.TryGetValue(text, out var lane))
            lanes[text] = lane = Open(text);
        lane.Jobs.Enqueue((shard, entry.Key), entry.Sort);
        Noted++;
        if (!lane.IsHeld && (lane.QueuedAt is not { } queued || entry.Sort < queued))
            Queue(lane, entry.Sort);
    }

    /// <summary>The job whose turn it is, or null when none is there or all are held.</summary>
    public (int Shard, StoredEntry Entry)? Next(Func<JobTicket, bool> isHeld)
    {
        while (LeastFar() is { } tenant)
        {
            if (HeadOf(tenant, isHeld) is { } head)
                return head;
        }

        return null;
    }

    /// <summary>A job was taken: its tenant has had a turn.</summary>
    public void Charge(string? value) => shares.Charge(TenantOf(value));

    /// <summary>A job came back: its tenant has its turn still.</summary>
    public void Refund(string? value) => shares.Refund(TenantOf(value));

    /// <summary>Looks again at what is put aside.</summary>
    public void Wake()
    {
        foreach (var lane in held)
        {
            lane.IsHeld = false;
            if (HeadOf(lane) is var (_, entry))
                Queue(lane, entry.Sort);
            else
                Close(lane);
        }

        held.Clear();
    }

    private static string TextOf(string? value) => value is null ? "" : JobIndex.IsCareful(value) ? value[1..] : value;

    private static string TenantOf(string? value) => TextOf(value) is { Length: > 0 } text ? JobTicket.Parse(text).Tenant ?? "" : "";

    private Tenant? LeastFar()
    {
        Tenant? best = null;
        var least = double.MaxValue;
        foreach (var tenant in tenants.Values)
        {
            if (tenant.Ready.Count > 0 && shares.PassOf(tenant.Name) is var pass && pass < least)
                (best, least) = (tenant, pass);
        }

        return best;
    }

    private (int, StoredEntry)? HeadOf(Tenant tenant, Func<JobTicket, bool> isHeld)
    {
        while (tenant.Ready.TryPeek(out var lane, out var queuedAt))
        {
            if (lane.QueuedAt != queuedAt)
            {
                tenant.Ready.Dequeue(); // queued anew since, further ahead or behind
                continue;
            }

            var head = HeadOf(lane);
            if (head is var (shard, entry) && entry.Sort == queuedAt && !isHeld(lane.Ticket))
                return (shard, entry);
            tenant.Ready.Dequeue();
            lane.QueuedAt = null;
            if (head is not { } known)
                Close(lane);
            else if (known.Entry.Sort != queuedAt)
                Queue(lane, known.Entry.Sort);
            else
                SetAside(lane);
        }

        return null;
    }

    private (int Shard, StoredEntry Entry)? HeadOf(Lane lane)
    {
        while (lane.Jobs.TryPeek(out var job, out var sort))
        {
            if (find(job.Shard, job.Key) is { } entry && entry.Sort == sort && TextOf(entry.Value) == lane.Text)
                return (job.Shard, entry);
            lane.Jobs.Dequeue();
            Noted--;
        }

        return null;
    }

    private Lane Open(string text)
    {
        var ticket = JobTicket.Parse(text);
        var name = ticket.Tenant ?? "";
        if (!tenants.TryGetValue(name, out var tenant))
            tenants[name] = tenant = new Tenant(name);
        tenant.Lanes++;
        return new Lane(text, ticket, tenant);
    }

    private void Close(Lane lane)
    {
        lanes.Remove(lane.Text);
        if (--lane.Tenant.Lanes == 0)
            tenants.Remove(lane.Tenant.Name);
    }

    private void SetAside(Lane lane)
    {
        lane.IsHeld = true;
        held.Add(lane);
    }

    private static void Queue(Lane lane, long sort)
    {
        lane.QueuedAt = sort;
        lane.Tenant.Ready.Enqueue(lane, sort);
    }

    private sealed class Tenant(string name)
    {
        public string Name => name;

        public PriorityQueue<Lane, long> Ready { get; } = new();

        public int Lanes { get; set; }
    }

    private sealed class Lane(string text, JobTicket ticket, Tenant tenant)
    {
        public string Text => text;

        public JobTicket Ticket => ticket;

        public Tenant Tenant => tenant;

        public PriorityQueue<(int Shard, EntityKey Key), long> Jobs { get; } = new();

        /// <summary>With which sort it waits for its tenant's turn; null when it does not.</summary>
        public long? QueuedAt { get; set; }

        public bool IsHeld { get; set; }
    }
}
