using ActorJobs.Actors.Stores;
using ActorJobs.Sqlite;
using ActorJobs.TestKit.Stores;

namespace ActorJobs.Stores.Tests.Sqlite;

/// <summary>A database file in a folder of its own.</summary>
internal sealed class SqlitePlace : StorePlace
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("actorjobs-");

    public string File => Path.Combine(folder.FullName, "deep", "actorjobs.db");

    public override IEntityStore Create() => new SqliteEntityStore(new SqliteStoreOptions { Path = File });

    public override ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return default;
    }
}
