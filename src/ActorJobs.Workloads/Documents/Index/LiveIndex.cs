namespace ActorJobs.Workloads.Documents;

/// <summary>
/// The served version of one index. Searches borrow it and finish on the version they began with; a swap puts another in its place between two
/// searches, never within one.
/// </summary>
internal sealed partial class LiveIndex(IndexLayout layout, Embedders embedders, TimeProvider time, ILogger<LiveIndex> logger) : IDisposable
{
    // Another process (an isolated worker, another node on the same folder) may swap: look at CURRENT now and then.
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    // held while a version is opened or replaced, so that one damaged version is not verified by every search at once
    private readonly SemaphoreSlim swap = new(1, 1);

    // written under the semaphore, read by any search
    private volatile IndexReader? current;
    private volatile IReadOnlyList<int> damaged = [];
    private int? pointer;
    private long lastLook;
    private volatile bool looked;

    /// <summary>How long this node's searches took.</summary>
    public SearchMeter Searches { get; } = new();

    /// <summary>The versions that were found damaged when they should have been opened.</summary>
    public IReadOnlyList<int> Damaged => damaged;

    /// <summary>Borrows the served version, or returns null when the index has none. Give it back with <see cref="IndexReader.Release"/>.</summary>
    public async ValueTask<IndexReader?> AcquireAsync(CancellationToken cancellationToken)
    {
        if (!looked)
            await RefreshAsync(cancellationToken);
        else if (time.GetElapsedTime(Volatile.Read(ref lastLook)) > LookInterval)
            RefreshUnlessUnderWay();
        // a version that closes between the read and the acquire has been replaced: the next read sees its successor
        while (current is { } reader)
        {
            if (reader.TryAcquire())
                return reader;
        }

        return null;
    }

    /// <summary>Opens the version that <c>CURRENT</c> names if it is not the one served.</summary>
    public async ValueTask RefreshAsync(CancellationToken cancellationToken)
    {
        await swap.WaitAsync(cancellationToken);
        try
        {
            Refresh();
        }
        finally
        {
            swap.Release();
        }
    }

    /// <summary>Serves an earlier version again, durably.</summary>
    /// <param name="version">Which one; null for the one before the served.</param>
    /// <param name="cancellationToken">Gives up waiting for a swap under way.</param>
    public async ValueTask<RollbackResult> RollBackAsync(int? version, CancellationToken cancellationToken)
    {
        await swap.WaitAsync(cancellationToken);
        try
        {
            Refresh();
            var versions = layout.Versions();
            var earlier = version is { } named ? versions.Where(kept => kept == named) : versions.Where(kept => kept < current?.Manifest.Version);
            if (earlier.Select(kept => (int?)kept).FirstOrDefault() is not { } target)
                return RollbackResult.NoSuchVersion;
            if (!IsSound(target))
                return RollbackResult.Damaged;
            layout.WriteCurrent(target);
            Refresh();
            return RollbackResult.Done;
        }
        finally
        {
            swap.Release();
        }
    }

    public void Dispose()
    {
        current?.Release();
        swap.Dispose();
    }

    // one search pays for looking, and the others go on with the version there is
    private void RefreshUnlessUnderWay()
    {
        if (!swap.Wait(TimeSpan.Zero, CancellationToken.None))
            return;
        try
        {
            Refresh();
        }
        finally
        {
            swap.Release();
        }
    }

    private void Refresh()
    {
        Volatile.Write(ref lastLook, time.GetTimestamp());
        var named = layout.ReadCurrent();
        if (named is not null && (named != pointer || current is null) && OpenBest(named.Value) is { } opened)
        {
            pointer = named;
            var replaced = current;
            current = opened;
            replaced?.Release();
        }

        // last: a search that sees it must also see the version
        looked = true;
    }

    private bool IsSound(int version)
    {
        try
        {
            IndexReader.Open(layout.Version(version), embedders).Release();
            return true;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            LogDamaged(layout.Name, version, exception);
            return false;
        }
    }

    /// <summary>The version that is named or, when it is damaged, the newest sound one before it.</summary>
    private IndexReader? OpenBest(int named)
    {
        var bad = new List<int>();
        foreach (var version in layout.Versions().Where(version => version <= named))
        {
            try
            {
                var reader = IndexReader.Open(layout.Version(version), embedders);
                damaged = bad;
                return reader;
            }
            catch (Exception exception) when (exception is InvalidDataException or IOException)
            {
                LogDamaged(layout.Name, version, exception);
                bad.Add(version);
            }
        }

        damaged = bad;
        return null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Version {Version} of index {Index} is damaged and is not served.")]
    private partial void LogDamaged(string index, int version, Exception exception);
}

/// <summary>What became of a rollback.</summary>
internal enum RollbackResult
{
    /// <summary>The version is served.</summary>
    Done,

    /// <summary>There is no such version, or none before the served one.</summary>
    NoSuchVersion,

    /// <summary>The version is damaged; the served one stays.</summary>
    Damaged,
}
