namespace ActorJobs.Sqlite;

/// <summary>Where and how the embedded store writes. Bound from <c>ActorJobs:Sqlite</c>.</summary>
public sealed class SqliteStoreOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "ActorJobs:Sqlite";

    /// <summary>The database file; where it or its folder is made, nobody but the node's user may read them. Default: <c>data/actorjobs.db</c> below the current folder.</summary>
    public string Path { get; set; } = "data/actorjobs.db";

    /// <summary>The folder that backups are written to; it is created. Default: <c>backups</c> beside the database file.</summary>
    public string? Backups { get; set; }

    /// <summary>When a commit counts as written. Default: <see cref="SqliteSynchronous.Full"/>.</summary>
    public SqliteSynchronous Synchronous { get; set; } = SqliteSynchronous.Full;
}

/// <summary>When a commit counts as written.</summary>
public enum SqliteSynchronous
{
    /// <summary>When the disk has it (<c>fsync</c> for every group of commits).</summary>
    Full,

    /// <summary>When the operating system has it: a power loss may take the last commits, a crash of the process may not.</summary>
    Normal,
}
