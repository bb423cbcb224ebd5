using Microsoft.Extensions.Options;

namespace ActorJobs.Workloads.Documents;

/// <summary>
/// The sources by name: <c>dotnet</c> and the folders the deployer has named. Requests name a source and never a path, so that nobody can have
/// arbitrary files of the node indexed.
/// </summary>
internal sealed class DocumentSources(IOptions<DocumentsOptions> options)
{
    /// <summary>The reference documentation beside the SDK.</summary>
    public const string Dotnet = "dotnet";

    public IEnumerable<string> Names => options.Value.Folders.Keys.Prepend(Dotnet);

    public bool Exists(string name) => name == Dotnet || options.Value.Folders.ContainsKey(name);

    /// <summary>The source's files in a stable order. Hashes every file, so it reads the whole source once.</summary>
    /// <exception cref="DirectoryNotFoundException">The source's folder is not there.</exception>
    public IEnumerable<SourceFile> List(string name) => name == Dotnet
        ? DotnetReference.List(options.Value.DotnetRoot ?? DotnetReference.FindRoot())
        : TextFolder.List(options.Value.Folders[name]);
}
