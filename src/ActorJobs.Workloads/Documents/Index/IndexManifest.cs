using System.Text;
using System.Text.Json;

namespace ActorJobs.Workloads.Documents;

/// <summary>What a version of an index holds. Written last, so a version without it was never finished.</summary>
internal sealed record IndexManifest
{
    /// <summary>The name of its file.</summary>
    public const string FileName = "MANIFEST";

    /// <summary>The format that this code writes and reads.</summary>
    public const int CurrentFormat = 1;

    public required int Format { get; init; }

    public required int Version { get; init; }

    /// <summary>The plan it was built by; building by it again finds this version.</summary>
    public required string Plan { get; init; }

    public required DateTimeOffset BuiltAt { get; init; }

    public required string Source { get; init; }

    /// <summary>The embedder's name, to open it again, and its id, to know it is the same.</summary>
    public required string Embedder { get; init; }

    public required string EmbedderId { get; init; }

    public required int Dimensions { get; init; }

    public required int Documents { get; init; }

    public required int Passages { get; init; }

    public required int SetAside { get; init; }

    /// <summary>Whether a file had changed between listing and reading, so that the next rebuild must not take the segments for unchanged.</summary>
    public required bool Stale { get; init; }

    public required IReadOnlyList<string> Segments { get; init; }

    public required IReadOnlyList<FileEntry> Files { get; init; }

    /// <summary>Names the content: two versions with one hash answer every search alike.</summary>
    public string Hash => ContentHash.Of(Files.Select(file => $"{file.Name} {file.Length} {file.Sha256}"));

    public long Bytes => Files.Sum(file => file.Length);

    /// <summary>One line of JSON and one with its SHA-256.</summary>
    public void Write(string folder)
    {
        var json = JsonSerializer.Serialize(this, JobJson.Options);
        DurableFiles.Write(Path.Combine(folder, FileName), Encoding.UTF8.GetBytes($"{json}\n{ContentHash.Of(Encoding.UTF8.GetBytes(json))}\n"));
    }

    /// <exception cref="InvalidDataException">The manifest is not there, damaged, or of another format.</exception>
    public static IndexManifest Read(string folder)
    {
        try
        {
            var lines = File.ReadAllLines(Path.Combine(folder, FileName));
            if (lines.Length != 2 || ContentHash.Of(Encoding.UTF8.GetBytes(lines[0])) != lines[1])
                throw new InvalidDataException("The manifest's hash does not fit its content.");
            var manifest = JsonSerializer.Deserialize<IndexManifest>(lines[0], JobJson.Options)!;
            return manifest.Format == CurrentFormat ? manifest : throw new InvalidDataException($"Format {manifest.Format} is not read by this version.");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            throw new InvalidDataException($"'{folder}' has no readable manifest.", exception);
        }
    }
}
