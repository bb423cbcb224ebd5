namespace ActorJobs.Workloads.Documents;

/// <summary>Keeps the best of many scored passages: a heap whose root is the worst kept. Of equal scores the earlier passage wins.</summary>
/// <param name="capacity">How many to keep.</param>
internal sealed class TopRanking(int capacity)
{
    private readonly PriorityQueue<Ranked, Ranked> heap = new(capacity, Worst.First);

    /// <summary>A score must be above this to be kept.</summary>
    public float Threshold { get; private set; } = float.NegativeInfinity;

    public void Offer(int passage, float score)
    {
        if (score <= Threshold)
            return;
        var ranked = new Ranked(passage, score);
        if (heap.Count < capacity)
            heap.Enqueue(ranked, ranked);
        else
            heap.EnqueueDequeue(ranked, ranked);
        if (heap.Count == capacity)
            Threshold = heap.Peek().Score;
    }

    /// <summary>The best first.</summary>
    public IReadOnlyList<Ranked> ToList()
    {
        var list = new Ranked[heap.Count];
        for (var index = list.Length - 1; index >= 0; index--)
            list[index] = heap.Dequeue();
        return list;
    }

    private sealed class Worst : IComparer<Ranked>
    {
        public static readonly Worst First = new();

        public int Compare(Ranked left, Ranked right) =>
            left.Score != right.Score ? left.Score.CompareTo(right.Score) : right.Passage.CompareTo(left.Passage);
    }
}

/// <summary>A passage with its score.</summary>
/// <param name="Passage">Its number.</param>
/// <param name="Score">Higher is better.</param>
internal readonly record struct Ranked(int Passage, float Score);
