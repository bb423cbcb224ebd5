namespace ActorJobs.Hocon.Configuration;

/// <summary>
/// Tells when one of several files changes, is created or goes. Several events in a row, as editors cause them, are told once, when it has
/// been quiet for <see cref="Quiet"/>.
/// </summary>
internal sealed class FileWatch : IDisposable
{
    /// <summary>Folders watched at most: each takes one of the few watches an operating system gives a user.</summary>
    public const int MaxFolders = 16;

    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);

    /// <summary>Guards the two fields below: events come on threads of the pool, while files are loaded on the caller's.</summary>
    private readonly Lock _lock = new();

    private readonly Dictionary<string, FileSystemWatcher> _folders = new(StringComparer.Ordinal);
    private HashSet<string> _paths = [];
    private readonly ITimer _timer;

    public FileWatch(Action changed, TimeProvider time) =>
        _timer = time.CreateTimer(_ => changed(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Watches these files from now on, whether they exist or not. Folders stay watched once they are.</summary>
    public void Watch(IReadOnlyCollection<string> paths)
    {
        lock (_lock)
        {
            _paths = [.. paths];
            foreach (var folder in paths.Select(path => Path.GetDirectoryName(path)!).Distinct())
            {
                if (_folders.Count < MaxFolders && !_folders.ContainsKey(folder) && Directory.Exists(folder))
                    _folders.Add(folder, Open(folder));
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var watcher in _folders.Values)
                watcher.Dispose();
            _folders.Clear();
        }

        _timer.Dispose();
    }

    private FileSystemWatcher Open(string folder)
    {
        var watcher = new FileSystemWatcher(folder);
        watcher.Changed += OnEvent;
        watcher.Created += OnEvent;
        watcher.Deleted += OnEvent;
        watcher.Renamed += OnEvent;
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    private void OnEvent(object sender, FileSystemEventArgs change)
    {
        lock (_lock)
        {
            if (_paths.Contains(change.FullPath))
                _timer.Change(Quiet, Timeout.InfiniteTimeSpan);
        }
    }
}
