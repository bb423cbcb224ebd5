namespace ActorJobs.Workloads.Documents;

/// <summary>Lists the text and Markdown files of a folder.</summary>
internal static class TextFolder
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
            .Where(file => file.Extension.ToLowerInvariant() is ".md" or ".markdown" or ".txt")
            .OrderBy(file => file.FullName, StringComparer.Ordinal)
            .Select(file => new SourceFile(
                file.FullName,
                Path.GetRelativePath(root.FullName, file.FullName).Replace('\\', '/'),
                SourceFormat.Text,
                file.Length,
                ContentHash.OfFile(file.FullName)));
    }
}
