namespace ActorJobs.Sqlite;

/// <summary>Instants as Unix microseconds.</summary>
internal static class SqliteTime
{
    public static long From(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / 10;

    public static DateTimeOffset To(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * 10);
}
