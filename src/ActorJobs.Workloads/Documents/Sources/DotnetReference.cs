using System.Runtime.InteropServices;

namespace ActorJobs.Workloads.Documents;

/// <summary>Finds the XML reference documentation that every .NET SDK carries under <c>packs/*/{version}/ref/{framework}</c>.</summary>
internal static class DotnetReference
{
    private static readonly EnumerationOptions AllBelow = new() { RecurseSubdirectories = true };

    /// <summary>The installation that <c>DOTNET_ROOT</c> names, else the one this process runs on.</summary>
    public static string FindRoot() =>
        Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root
            ? root
            // {root}/shared/Microsoft.NETCore.App/{version}/
            : Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>The documentation files, the base framework's first. A file that a second pack repeats byte for byte is listed once.</summary>
    public static IEnumerable<SourceFile> List(string root)
    {
        var packs = new DirectoryInfo(Path.Combine(root, "packs"));
        if (!packs.Exists)
            throw new DirectoryNotFoundException($"There is no '{packs.FullName}'. Set DotnetRoot to the folder of an SDK.");

        var seen = new HashSet<(string Name, string Sha256)>();
        foreach (var pack in packs.EnumerateDirectories().OrderByDescending(pack => pack.Name.StartsWith("Microsoft.NETCore", StringComparison.Ordinal)).ThenBy(pack => pack.Name, StringComparer.Ordinal))
        {
            foreach (var file in pack.EnumerateFiles("*.xml", AllBelow).Where(IsReference).OrderBy(file => file.FullName, StringComparer.Ordinal))
            {
                var listed = new SourceFile(
                    file.FullName, $"{pack.Name}/{file.Name}", SourceFormat.XmlReference, file.Length, ContentHash.OfFile(file.FullName));
                if (seen.Add((file.Name, listed.Sha256)))
                    yield return listed;
            }
        }
    }

    private static bool IsReference(FileInfo file) => file.Directory?.Parent?.Name == "ref";
}
