namespace ActorJobs;

/// <summary>
/// Makes the folders and files of a node's data so that nobody but its user reads them: arguments, results and histories of jobs are nobody else's business.
/// What is there already keeps the mode that somebody gave it. Compiled into each project that keeps data on the disk.
/// </summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    /// <summary>Makes a folder and those above it, as far as they are missing.</summary>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        // the mode given to CreateDirectory is the last folder's alone
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { Length: > 0 } parent && !Directory.Exists(parent))
            MakeFolder(parent);
        Directory.CreateDirectory(path, OwnersFolder);
    }

    /// <summary>Makes an empty file where there is none, for somebody who writes to it by its name.</summary>
    public static void MakeFile(string path)
    {
        if (!File.Exists(path))
            Open(path, FileShare.ReadWrite).Dispose();
    }

    /// <summary>Opens a file for writing, and makes it where there is none.</summary>
    public static FileStream Open(string path, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnersFile;
        return new FileStream(path, options);
    }
}
