namespace ActorJobs.Workloads.Documents;

/// <summary>Lists the files of a folder that can be read: text, Markdown, HTML, .NET XML documentation and NDJSON.</summary>
internal static class SourceFolder
{
    // links are not followed: one that leads out of the folder would index what the deployer did not name
    private static readonly EnumerationOptions AllBelow = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden | FileAttributes.System,
    };

    public static IEnumerable<SourceFile> List(string folder)
    {
        var root = new DirectoryInfo(folder);
        if (!root.Exists)
            throw new DirectoryNotFoundException($"There is no folder '{root.FullName}'.");
        return root.EnumerateFiles("*", AllBelow)
            .Select(static file => (File: file, Format: FormatOf(file)))
            .Where(static found => found.Format is not null)
            .OrderBy(static found => found.File.FullName, StringComparer.Ordinal)
            .Select(found => new SourceFile(
                found.File.FullName,
                Path.GetRelativePath(root.FullName, found.File.FullName).Replace('\\', '/'),
                found.Format!.Value,
                found.File.Length,
                ContentHash.OfFile(found.File.FullName)));
    }

    private static SourceFormat? FormatOf(FileInfo file) => file.Extension.ToLowerInvariant() switch
    {
        ".md" or ".markdown" or ".txt" => SourceFormat.Text,
        ".html" or ".htm" or ".xhtml" => SourceFormat.Html,
        ".ndjson" or ".jsonl" => SourceFormat.Ndjson,
        ".xml" => SourceFormat.XmlReference,
        _ => null,
    };
}
