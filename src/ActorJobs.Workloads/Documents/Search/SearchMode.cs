using System.Text.Json.Serialization;

namespace ActorJobs.Workloads.Documents;

/// <summary>How passages are compared with a query.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SearchMode>))]
public enum SearchMode
{
    /// <summary>By words and by vectors, the two rankings fused.</summary>
    Hybrid,

    /// <summary>By the cosine of the vectors.</summary>
    Vector,

    /// <summary>By words (BM25).</summary>
    Text,
}
