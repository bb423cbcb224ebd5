using System.Text.Json;

namespace ActorJobs.Workloads.Documents;

/// <summary>Writes that are on the disk when they return, and that a reader sees whole or not at all.</summary>
internal static class DurableFiles
{
    private static readonly JsonSerializerOptions Indented = new(JobJson.Options) { WriteIndented = true };

    /// <summary>Replaces the file: writes beside it, syncs, renames over it, syncs the folder.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var folder = Path.GetDirectoryName(path)!;
        PrivateFiles.MakeFolder(folder);
        // two writers of one file must not share a draft
        var draft = $"{path}.{Guid.CreateVersion7():n}.tmp";
        using (var file = new FileStream(draft, FileMode.CreateNew, FileAccess.Write))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
        FolderSync.Sync(folder);
    }

    public static void WriteJson<T>(string path, T value) => Write(path, JsonSerializer.SerializeToUtf8Bytes(value, Indented));

    /// <summary>The value, or null when there is no such file.</summary>
    /// <exception cref="JsonException">The file is not what was written.</exception>
    public static T? ReadJson<T>(string path) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), JobJson.Options);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Renames a folder whose files are synced, and makes the new name durable.</summary>
    public static void MoveFolder(string from, string to)
    {
        FolderSync.Sync(from);
        Directory.Move(from, to);
        FolderSync.Sync(Path.GetDirectoryName(to)!);
    }
}
