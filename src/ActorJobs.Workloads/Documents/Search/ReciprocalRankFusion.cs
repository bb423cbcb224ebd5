namespace ActorJobs.Workloads.Documents;

/// <summary>
/// Joins rankings whose scores cannot be compared (Cormack, Clarke and Buettcher, 2009): a passage gets weight / (60 + rank) from each ranking that has it.
/// </summary>
internal static class ReciprocalRankFusion
{
    /// <summary>Dampens the first ranks' lead; the paper's value.</summary>
    public const int K = 60;

    public static IReadOnlyList<Ranked> Fuse(int count, params ReadOnlySpan<(IReadOnlyList<Ranked> Ranking, float Weight)> rankings)
    {
        var scores = new Dictionary<int, float>();
        foreach (var (ranking, weight) in rankings)
        {
            for (var index = 0; index < ranking.Count; index++)
            {
                scores.TryGetValue(ranking[index].Passage, out var score);
                scores[ranking[index].Passage] = score + (weight * Share(index + 1));
            }
        }

        return [.. scores.Select(pair => new Ranked(pair.Key, pair.Value)).OrderByDescending(ranked => ranked.Score).ThenBy(ranked => ranked.Passage).Take(count)];
    }

    /// <summary>What a rank, from 1, is worth.</summary>
    public static float Share(int rank) => 1f / (K + rank);
}
