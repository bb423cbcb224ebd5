namespace ActorJobs.Workloads.Documents;

/// <summary>What a deployer sets about documents. Bound from <c>ActorJobs:Documents</c>.</summary>
[ClosedSettings]
public sealed class DocumentsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "ActorJobs:Documents";

    /// <summary>
    /// The folder of the indexes. Nodes that build or search one index need to see one folder. Default: <c>data/indexes</c>.
    /// </summary>
    public string Root { get; set; } = Path.Combine("data", "indexes");

    /// <summary>The .NET installation whose reference documentation the source <c>dotnet</c> reads. Default: <c>DOTNET_ROOT</c>, else the running one.</summary>
    public string? DotnetRoot { get; set; }

    /// <summary>Folders of text, Markdown, HTML, .NET XML documentation and NDJSON files by the name that a request gives as its source. Default: none.</summary>
    public IDictionary<string, string> Folders { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Embedders behind endpoints as OpenAI has them, by the name that a request gives. Default: none.</summary>
    public IDictionary<string, RemoteEmbedderOptions> Embedders { get; } = new Dictionary<string, RemoteEmbedderOptions>(StringComparer.Ordinal);

    /// <summary>The longest passage, in characters. Changing it embeds everything anew. Default: 1 000.</summary>
    public int ChunkSize { get; set; } = 1000;

    /// <summary>How much of a passage the next one repeats at most, in characters. Default: 150.</summary>
    public int ChunkOverlap { get; set; } = 150;

    /// <summary>How much of a source one <c>documents.embed</c> job takes, in bytes; a file is never split. Default: 1 MiB.</summary>
    [ByteSize]
    public long SliceSize { get; set; } = 1024 * 1024;

    /// <summary>How many <c>documents.embed</c> jobs of a rebuild are under way at once. Default: 4.</summary>
    public int InFlight { get; set; } = 4;

    /// <summary>How many batches a <c>documents.embed</c> job embeds at once; more than 1 helps embedders behind a network. Default: 1.</summary>
    public int EmbedParallelism { get; set; } = 1;

    /// <summary>How many documents the built-in embedder learns the rarity of words from. Default: 100 000.</summary>
    public int FitDocuments { get; set; } = 100_000;

    /// <summary>
    /// From how many passages on a version has an approximate index beside the vectors; below, comparing all of them costs less than 2 ms. Default: 10 000.
    /// </summary>
    public int ApproximateFrom { get; set; } = 10_000;

    /// <summary>How many versions of an index are kept to roll back to, the served one included. Default: 3.</summary>
    public int KeptVersions { get; set; } = 3;

    /// <summary>The slots of the pool <c>documents</c>, which embeds and builds. Default: the number of cores.</summary>
    public int PoolSize { get; set; } = Environment.ProcessorCount;
}
