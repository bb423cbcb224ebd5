namespace ActorJobs.DeadLetters;

/// <summary>Puts dead letters into groups, one after the other.</summary>
internal sealed class DeadLetterTally
{
    private const int MaxNames = 20;

    private static readonly JobError Unknown = new("unknown", "", null);

    private readonly Dictionary<ErrorSignature, Group> groups = [];

    /// <summary>How many were added.</summary>
    public int Examined { get; private set; }

    /// <summary>Adds one.</summary>
    public void Add(JobView job)
    {
        Examined++;
        var signature = ErrorSignature.Of(job.Error ?? Unknown);
        if (!groups.TryGetValue(signature, out var group))
            groups[signature] = group = new Group();
        group.Add(job);
    }

    /// <summary>What has come together.</summary>
    public DeadLetterGroups ToGroups(bool isCut)
    {
        DeadLetterGroup[] items =
        [
            .. groups.Select(entry => entry.Value.View(entry.Key))
                .OrderByDescending(group => group.Count).ThenByDescending(group => group.LastSeen).ThenBy(group => group.Signature.Id, StringComparer.Ordinal)
                .Take(DeadLetterGroups.MaxGroups),
        ];
        return new DeadLetterGroups(items, Examined, isCut, groups.Count - items.Length);
    }

    private sealed class Group
    {
        private readonly SortedSet<string> kinds = new(StringComparer.Ordinal);
        private readonly SortedSet<string> queues = new(StringComparer.Ordinal);
        private DateTimeOffset first = DateTimeOffset.MaxValue;
        private DateTimeOffset last = DateTimeOffset.MinValue;
        private JobId sample;
        private int count;

        public void Add(JobView job)
        {
            count++;
            kinds.Add(job.Kind);
            queues.Add(job.Queue);
            var at = job.FinishedAt ?? job.CreatedAt;
            if (at < first)
                first = at;
            if (at > last)
                (last, sample) = (at, job.Id);
        }

        public DeadLetterGroup View(ErrorSignature signature) => new(signature, count, [.. kinds.Take(MaxNames)], [.. queues.Take(MaxNames)], first, last, sample);
    }
}
