using System.Data.Common;

namespace ActorJobs.Workloads.Scraping.Storage;

/// <summary>The steps by which a database got its present tables, kept as resources.</summary>
internal static class ScrapingSchema
{
    /// <summary>Takes the steps that are missing. Within a transaction.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="dialect">The part of the resources' names that tells the kind of database.</param>
    /// <param name="found">The version it has; 0 for none.</param>
    /// <param name="newest">The version this build knows.</param>
    /// <param name="where">What the database is called in the error.</param>
    /// <param name="mark">The statement that notes a version.</param>
    public static void Migrate(DbConnection connection, string dialect, long found, long newest, string where, Func<long, string> mark)
    {
        if (found > newest)
            throw new InvalidOperationException($"{where} was written by a newer version of ActorJobs.");
        for (var version = found + 1; version <= newest; version++)
            connection.Execute(Step(dialect, version) + mark(version));
    }

    private static string Step(string dialect, long version)
    {
        using var stream = typeof(ScrapingSchema).Assembly.GetManifestResourceStream(FormattableString.Invariant($"scraping/{dialect}.{version}.sql"))!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
