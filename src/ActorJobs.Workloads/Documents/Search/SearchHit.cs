namespace ActorJobs.Workloads.Documents;

/// <summary>A passage that was found, and why.</summary>
/// <param name="DocumentId">The document's id.</param>
/// <param name="Title">The document's title.</param>
/// <param name="Passage">Which of the document's passages, from 0.</param>
/// <param name="Text">The passage.</param>
/// <param name="Highlights">Where the query's words stand in the passage.</param>
/// <param name="Score">What the hits are ordered by: the fused score, the cosine or BM25, by the mode.</param>
/// <param name="Words">Its place by words; null when it was not among the candidates there.</param>
/// <param name="Vector">Its place by vectors; null when it was not among the candidates there.</param>
public sealed record SearchHit(
    string DocumentId, string Title, int Passage, string Text, IReadOnlyList<Highlight> Highlights, float Score, WordScore? Words, VectorScore? Vector);

/// <summary>A passage's place in the ranking by words.</summary>
/// <param name="Rank">From 1.</param>
/// <param name="Score">BM25.</param>
/// <param name="Share">What it adds to the hit's score.</param>
/// <param name="Terms">What each word adds to BM25, most first.</param>
public sealed record WordScore(int Rank, float Score, float Share, IReadOnlyList<TermScore> Terms);

/// <summary>A passage's place in the ranking by vectors.</summary>
/// <param name="Rank">From 1.</param>
/// <param name="Score">The cosine.</param>
/// <param name="Share">What it adds to the hit's score.</param>
public sealed record VectorScore(int Rank, float Score, float Share);
