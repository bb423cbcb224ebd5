using System.Text.Json.Serialization;

namespace ActorJobs.Workloads.Documents;

/// <summary>Body of <c>PUT /api/v1/indexes/{name}</c>.</summary>
/// <param name="Source"><c>dotnet</c> or the name of a configured folder.</param>
/// <param name="Embedder"><c>builtin</c> (default) or the key of a registered embedding generator.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record DefineIndex(string? Source, string? Embedder);

/// <summary>Answer of <c>GET /api/v1/indexes</c>.</summary>
internal sealed record IndexList(IReadOnlyList<IndexView> Items);

/// <summary>Answer of <c>POST /api/v1/indexes/{name}/rebuild</c>.</summary>
/// <param name="Id">The rebuild's job.</param>
/// <param name="State">Its state.</param>
/// <param name="Durability">How safely it is stored.</param>
/// <param name="IsNew">False when a rebuild was under way already.</param>
internal sealed record RebuildAccepted(
    string Id, [property: JsonConverter(typeof(JsonStringEnumConverter<JobStatus>))] JobStatus State, string Durability, bool IsNew);
