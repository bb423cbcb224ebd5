namespace ActorJobs.AspNetCore;

/// <summary>Copies the store while the node runs. Registered where the store is a file of this node; without one there is no route for it.</summary>
public interface IStoreBackup
{
    /// <summary>Makes a copy.</summary>
    /// <param name="cancellationToken">Gives up and leaves nothing.</param>
    ValueTask<BackupResult> RunAsync(CancellationToken cancellationToken);
}

/// <summary>What became of a backup.</summary>
public abstract record BackupResult
{
    private BackupResult()
    {
    }

    /// <summary>The copy is complete and on the disk.</summary>
    /// <param name="File">Where.</param>
    /// <param name="Bytes">Its size.</param>
    public sealed record Written(string File, long Bytes) : BackupResult;

    /// <summary>None was begun.</summary>
    /// <param name="Code">Why, for programs.</param>
    /// <param name="Reason">Why, for people.</param>
    public sealed record Refused(string Code, string Reason) : BackupResult;
}
