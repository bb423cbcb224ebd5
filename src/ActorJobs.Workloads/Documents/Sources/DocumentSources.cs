using Microsoft.Extensions.Options;

namespace ActorJobs.Workloads.Documents;

/// <summary>
/// The sources by name: <c>dotnet</c>, <c>uploads</c> and the folders the deployer has named. Requests name a source and never a path, so that nobody can have
/// arbitrary files of the node indexed.
/// </summary>
internal sealed class DocumentSources(IOptions<DocumentsOptions> options)
{
    /// <summary>The reference documentation beside the SDK.</summary>
    public const string Dotnet = "dotnet";

    /// <summary>The documents that were sent to the index over HTTP.</summary>
    public const string Uploads = "uploads";

    public IEnumerable<string> Names => [Dotnet, Uploads, .. options.Value.Folders.Keys.Order(StringComparer.Ordinal)];

    public bool Exists(string name) => name is Dotnet or Uploads || options.Value.Folders.ContainsKey(name);

    /// <summary>The source's files in a stable order. Hashes every file, so it reads the whole source once.</summary>
    /// <param name="name">The source.</param>
    /// <param name="layout">The index it is listed for: uploads are kept with it.</param>
    /// <exception cref="DirectoryNotFoundException">The source's folder is not there.</exception>
    public IEnumerable<SourceFile> List(string name, IndexLayout layout) => name switch
    {
        Dotnet => DotnetReference.List(options.Value.DotnetRoot ?? DotnetReference.FindRoot()),
        Uploads => new UploadStore(layout).List(),
        _ => SourceFolder.List(options.Value.Folders.TryGetValue(name, out var folder)
            ? folder
            : throw new PermanentJobException($"There is no source '{name}' any more.")),
    };
}
