using System.Text.Json;

namespace ActorJobs.Workloads.Documents;

/// <summary>
/// The embedded passages of one slice in one file: magic, records (vector, id, ordinal, title, text), the report as JSON, a trailer (dimensions,
/// number of records, where the report begins) and the SHA-256 of all before it. It exists whole or, being written under another name first, not at all.
/// </summary>
internal static class Segment
{
    public const long Magic = 0x31304745_534A41; // "AJSEG01"
    public const int TrailerLength = sizeof(int) + sizeof(int) + sizeof(long) + 32;
}

/// <summary>Writes a segment record by record.</summary>
internal sealed class SegmentWriter : IDisposable
{
    private readonly string path;
    private readonly string draft;
    private readonly HashedFileWriter file;
    private int dimensions;

    public SegmentWriter(string path, string draftSuffix)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        this.path = path;
        draft = path + draftSuffix;
        file = new HashedFileWriter(draft);
        file.Write(Segment.Magic);
    }

    public int Count { get; private set; }

    public void Add(Passage passage, ReadOnlySpan<float> vector)
    {
        if (Count > 0 && vector.Length != dimensions)
            throw new InvalidDataException($"The embedder gave {vector.Length} dimensions after {dimensions}.");
        dimensions = vector.Length;
        file.Write(vector);
        file.Write(passage.DocumentId);
        file.Write(passage.Ordinal);
        file.Write(passage.Title);
        file.Write(passage.Text);
        Count++;
    }

    /// <summary>Ends the file and gives it its name.</summary>
    public void Complete(SegmentReport report)
    {
        var position = file.Position;
        file.Write(JsonSerializer.SerializeToUtf8Bytes(report, JobJson.Options));
        file.Write(dimensions);
        file.Write(Count);
        file.Write(position);
        file.WriteHash();
        file.Complete();
        File.Move(draft, path, overwrite: true);
        FolderSync.Sync(Path.GetDirectoryName(path)!);
    }

    public void Dispose()
    {
        file.Dispose();
        // a draft that was not completed is of no use; a completed one has moved
        File.Delete(draft);
    }
}
