using ActorJobs.Workloads.Scraping.Storage;

namespace ActorJobs.Workloads.Tests.Scraping.Storage;

public sealed class SqliteDatabaseTests : ScrapingDatabaseSpec
{
    private readonly string folder = Directory.CreateTempSubdirectory("scraping-").FullName;

    private protected override IScrapingBackend Open() => new SqliteBackend(Path.Combine(folder, "scraping.db"));

    public override ValueTask DisposeAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
