using ActorJobs.TestKit.Specs;

namespace ActorJobs.Stores.Tests.Sqlite;

public sealed class SqliteEntityStoreTests() : EntityStoreSpec(() => new(new SqlitePlace()), "fsync");
