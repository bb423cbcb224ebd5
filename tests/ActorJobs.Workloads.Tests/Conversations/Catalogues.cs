using ActorJobs.Workloads.Conversations;

namespace ActorJobs.Workloads.Tests.Conversations;

/// <summary>Catalogues for tests.</summary>
internal static class Catalogues
{
    /// <summary>The one that comes with the project.</summary>
    public static Catalogue Shipped { get; } = Read(File.ReadAllText(ShippedPath));

    public static string ShippedPath => Path.Combine(RepositoryRoot(), "config", "catalogue.yaml");

    /// <summary>Understands customers by the shipped catalogue.</summary>
    public static MessageReader Reader { get; } = new(Shipped);

    public static Catalogue Read(string yaml)
    {
        var reading = CatalogueReader.Read(yaml);
        Assert.Empty(reading.Problems);
        return reading.Catalogue!;
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ActorJobs.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        return folder;
    }
}
