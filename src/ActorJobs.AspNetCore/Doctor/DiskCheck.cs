using System.Globalization;
using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary>Whether the disk of a folder has room and the folder can be written.</summary>
/// <param name="name">What is checked, for instance <c>store disk</c>.</param>
/// <param name="folder">The folder.</param>
public sealed class DiskCheck(string name, string folder) : INodeCheck
{
    private const long Low = 1L << 30;
    private const long Lowest = 200L << 20;
    private const string Mend = "Free some, or move the folder to a larger disk: a full disk stops every commit.";

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CheckItem>> RunAsync(CancellationToken cancellationToken) => new([Look()]);

    private CheckItem Look()
    {
        var path = Path.GetFullPath(folder);
        if (!Directory.Exists(path))
            return Found.Failed(name, $"{path} is not there.", "Create it, writable for the node's user.");
        var free = new DriveInfo(path).AvailableFreeSpace;
        var said = string.Create(CultureInfo.InvariantCulture, $"{free / (double)(1 << 30):0.#} GiB are free for {path}.");
        if (!IsWritable(path))
            return Found.Failed(name, $"{path} cannot be written.", "Give it to the node's user.");
        return free switch
        {
            < Lowest => Found.Failed(name, said, Mend),
            < Low => Found.Warning(name, said, Mend),
            _ => Found.Ok(name, said),
        };
    }

    // asked of the system by doing it: permissions, read-only mounts and quotas all show
    private static bool IsWritable(string path)
    {
        try
        {
            var probe = Path.Combine(path, $".actorjobs-{Guid.NewGuid():N}");
            using (File.Create(probe, 1, FileOptions.DeleteOnClose))
                return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
