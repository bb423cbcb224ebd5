using System.Text.Json;

namespace ActorJobs.Workloads.Documents;

/// <summary>
/// The documents that were sent to one index, a file each: adding or deleting one changes one slice of the next rebuild and no other. Safe for several
/// writers: a file is replaced whole, and the last one wins.
/// </summary>
internal sealed class UploadStore(IndexLayout layout)
{
    /// <summary>How many documents one index takes; more belong into files of a folder.</summary>
    public const int MaxDocuments = 100_000;

    public bool Contains(string id) => File.Exists(PathOf(id));

    public SourceDocument? Find(string id) => DurableFiles.ReadJson<SourceDocument>(PathOf(id));

    public int Count() => Directory.Exists(layout.Uploads) ? Directory.EnumerateFiles(layout.Uploads, "*.json").Count() : 0;

    /// <summary>Stores the document, on the disk when it returns.</summary>
    /// <returns>Whether there was none of its id.</returns>
    public bool Put(SourceDocument document)
    {
        var isNew = !Contains(document.Id);
        DurableFiles.Write(PathOf(document.Id), JsonSerializer.SerializeToUtf8Bytes(document, JobJson.Options));
        return isNew;
    }

    /// <returns>Whether there was such a document.</returns>
    public bool Delete(string id)
    {
        if (!Contains(id))
            return false;
        File.Delete(PathOf(id));
        FolderSync.Sync(layout.Uploads);
        return true;
    }

    public IEnumerable<SourceFile> List() => !Directory.Exists(layout.Uploads) ? [] :
        new DirectoryInfo(layout.Uploads).EnumerateFiles("*.json")
            .OrderBy(static file => file.Name, StringComparer.Ordinal)
            .Select(static file => new SourceFile(file.FullName, file.Name, SourceFormat.Upload, file.Length, ContentHash.OfFile(file.FullName)));

    // ids are anything; their hashes are good names of files
    private string PathOf(string id) => Path.Combine(layout.Uploads, ContentHash.Of(id) + ".json");
}
