namespace ActorJobs.Workloads.Tests.Documents.Node;

/// <summary>Tells at once when something has come into a folder. Watches from its making on: make it before that can happen.</summary>
internal sealed class FolderSign : IDisposable
{
    private readonly FileSystemWatcher watcher;
    // its continuations run on the watcher's thread: whoever waits for a sign has milliseconds to act on it
    private readonly TaskCompletionSource seen = new();

    public FolderSign(string folder, Func<string, bool> isSign)
    {
        Directory.CreateDirectory(folder);
        watcher = new FileSystemWatcher(folder) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName };
        watcher.Created += (_, change) => Look(change.Name);
        watcher.Renamed += (_, change) => Look(change.Name);
        watcher.EnableRaisingEvents = true;

        void Look(string? name)
        {
            if (name is not null && isSign(name))
                seen.TrySetResult();
        }
    }

    public Task Seen => seen.Task;

    public void Dispose() => watcher.Dispose();
}
