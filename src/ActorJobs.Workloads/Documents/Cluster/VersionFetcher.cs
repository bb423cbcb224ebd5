using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace ActorJobs.Workloads.Documents;

/// <summary>
/// Brings a version from the node that has it: every file into a draft, each compared with the manifest and the manifest with what was announced, then renamed
/// into place. A crash leaves a draft, which the next fetch removes; the served version is not touched.
/// </summary>
internal sealed class VersionFetcher(
    IndexCatalog catalog, DocumentPeers peers, Embedders embedders, IOptions<DocumentsOptions> options, TimeProvider time)
    : IDisposable
{
    // what a version consists of; a manifest that names anything else is not this system's
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        VectorFile.FileName, ListsFile.FileName, PassageFile.FileName, PostingsFile.FileName, IndexBuilder.WeightsFile, IndexBuilder.SetAsideFile, IndexManifest.FileName,
    };

    // one fetch at a time: two of one version would write one draft
    private readonly SemaphoreSlim turn = new(1, 1);

    public static bool IsKnown(string file) => Known.Contains(file);

    /// <summary>Serves what was announced, after fetching it if need be.</summary>
    /// <returns>Whether it had to be fetched; null when a version that was put in service later is served.</returns>
    /// <exception cref="InvalidDataException">What came is not what was announced.</exception>
    public async Task<bool?> TakeAsync(string from, VersionAnnouncement announced, CancellationToken cancellationToken)
    {
        if (!ContentHash.IsValid(announced.Hash) || announced.Version < 1)
            throw new InvalidDataException("The announcement is none.");
        var layout = catalog.Layout(announced.Definition.Name);
        await turn.WaitAsync(cancellationToken);
        try
        {
            var has = HashOf(layout, announced.Version) == announced.Hash;
            // later here, or the same swap seen in the same folder: an older announcement must not undo a rollback
            if (layout.SwappedAt() is { } own && own >= announced.SwappedAt)
            {
                await catalog.Live(layout.Name).RefreshAsync(cancellationToken);
                return layout.ReadCurrent() == announced.Version && has ? false : null;
            }

            if (!has)
                await FetchAsync(layout, from, announced, cancellationToken);
            if (catalog.Find(layout.Name) is not { } defined || defined.ChangedAt < announced.Definition.ChangedAt)
                catalog.Define(announced.Definition);
            IndexReader.Open(layout.Version(announced.Version), embedders).Release();
            layout.WriteCurrent(announced.Version, announced.SwappedAt);
            await catalog.Live(layout.Name).RefreshAsync(cancellationToken);
            new IndexPruner(layout, options.Value.KeptVersions, time).PruneVersions();
            return !has;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private static string? HashOf(IndexLayout layout, int version)
    {
        try
        {
            return IndexManifest.Read(layout.Version(version)).Hash;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private async Task FetchAsync(IndexLayout layout, string from, VersionAnnouncement announced, CancellationToken cancellationToken)
    {
        var node = peers.Find(from) ?? throw new InvalidDataException($"There is no node '{from}'.");
        var target = layout.Version(announced.Version);
        var draft = target + ".fetch";
        if (Directory.Exists(draft))
            Directory.Delete(draft, recursive: true);
        Directory.CreateDirectory(draft);
        var request = new VersionFileRequest(layout.Name, announced.Version, IndexManifest.FileName);
        await CopyAsync(node, request, draft, long.MaxValue, cancellationToken);
        var manifest = IndexManifest.Read(draft);
        if (manifest.Hash != announced.Hash || manifest.Version != announced.Version)
            throw new InvalidDataException($"{from} gave another version than it announced.");
        foreach (var file in manifest.Files)
        {
            if (!IsKnown(file.Name))
                throw new InvalidDataException($"'{file.Name}' is no file of a version.");
            var (length, sha256) = await CopyAsync(node, request with { File = file.Name }, draft, file.Length, cancellationToken);
            if (length != file.Length || sha256 != file.Sha256)
                throw new InvalidDataException($"'{file.Name}' came damaged from {from}.");
        }

        // a version of this number that was built here without knowing of the other: searches under way keep its files open
        if (Directory.Exists(target))
        {
            Directory.Move(target, target + ".replaced");
            Directory.Delete(target + ".replaced", recursive: true);
        }

        DurableFiles.MoveFolder(draft, target);
    }

    private async Task<(long Length, string Sha256)> CopyAsync(
        ActorJobs.Cluster.NodeView node, VersionFileRequest request, string folder, long maxLength, CancellationToken cancellationToken)
    {
        using var response = await peers.CallAsync(node, DocumentPeers.File, request, cancellationToken);
        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var file = new FileStream(Path.Combine(folder, request.File), FileMode.Create, FileAccess.Write);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 17];
        long length = 0;
        for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            length += read;
            if (length > maxLength)
                throw new InvalidDataException($"'{request.File}' is longer than its manifest says.");
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        file.Flush(flushToDisk: true);
        return (length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
