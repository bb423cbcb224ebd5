using ActorJobs.Actors.Stores;

namespace ActorJobs.Sqlite;

/// <summary>
/// Keeps a second process off the file: two writers would each believe to own every shard. The operating system lets go of the lock with the
/// process, however it ends.
/// </summary>
internal static class SqliteProcessLock
{
    public static FileStream Take(string path)
    {
        var file = path + ".lock";
        try
        {
            return PrivateFiles.Open(file, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new StoreUnusableException(
                $"'{path}' is in use by another process (its lock is '{file}'). Stop that process, or set ActorJobs:Sqlite:Path to another file.", exception);
        }
    }
}
