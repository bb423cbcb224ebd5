using ActorJobs.TestKit.Postgres;
using ActorJobs.Workloads.Scraping.Storage;
using Npgsql;

namespace ActorJobs.Workloads.Tests.Scraping.Storage;

/// <summary>On a real server, each test with a database of its own.</summary>
public sealed class PostgresDatabaseTests(PostgresFixture postgres) : ScrapingDatabaseSpec, IClassFixture<PostgresFixture>
{
    private readonly string name = $"d{Guid.NewGuid():N}";

    private protected override IScrapingBackend Open() => new PostgresBackend(Connection);

    private string Connection => new NpgsqlConnectionStringBuilder(postgres.Server.Connection) { Database = name }.ToString();

    public override async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        await using var connection = new NpgsqlConnection(postgres.Server.Connection);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await create.ExecuteNonQueryAsync();
        await base.InitializeAsync();
    }

    public override ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Tables_of_a_newer_version_are_refused()
    {
        new PostgresBackend(Connection).Prepare();
        using (var connection = new PostgresBackend(Connection).Connect())
            connection.Execute("INSERT INTO schema_version (version) VALUES (99)");

        Assert.Throws<InvalidOperationException>(() => new PostgresBackend(Connection).Prepare());
    }
}

/// <summary>A server for the tests of a class; none where PostgreSQL is not installed.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private PostgresServer? server;

    public PostgresServer Server => server ?? throw new InvalidOperationException("The test was to be skipped.");

    public async ValueTask InitializeAsync()
    {
        if (PostgresServer.Missing is null)
            server = await PostgresServer.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
    }
}
