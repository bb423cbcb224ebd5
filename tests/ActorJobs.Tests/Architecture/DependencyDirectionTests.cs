using System.Xml.Linq;

namespace ActorJobs.Tests.Architecture;

/// <summary>The arrows between the projects of <c>src</c>, as the architecture draws them. A project that is not drawn fails.</summary>
public sealed class DependencyDirectionTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["ActorJobs.Actors"] = [],
        ["ActorJobs"] = ["ActorJobs.Actors"],
        ["ActorJobs.Sqlite"] = ["ActorJobs.Actors"],
        ["ActorJobs.Redis"] = ["ActorJobs.Actors"],
        ["ActorJobs.Hocon"] = [],
        ["ActorJobs.Client"] = [],
        ["ActorJobs.AspNetCore"] = ["ActorJobs", "ActorJobs.Client"],
        ["ActorJobs.Workloads"] = ["ActorJobs", "ActorJobs.AspNetCore"],
        ["ActorJobs.Cli"] = ["ActorJobs.Client"],
        ["ActorJobs.Server"] =
        [
            "ActorJobs", "ActorJobs.Actors", "ActorJobs.AspNetCore", "ActorJobs.Client", "ActorJobs.Hocon", "ActorJobs.Redis", "ActorJobs.Sqlite",
            "ActorJobs.Workloads",
        ],
    };

    public static TheoryData<string> Projects => [.. SourceTree.Projects.Select(path => Path.GetFileNameWithoutExtension(path))];

    [Fact]
    public void Every_project_of_the_architecture_exists() =>
        Assert.Equal(Allowed.Keys.Order(), Projects.Select(row => row.Data).Order());

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_architecture_allows(string project)
    {
        Assert.True(Allowed.TryGetValue(project, out var allowed), $"{project} is not in the architecture.");
        Assert.Empty(References(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension).Except(allowed));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Only_the_Redis_store_depends_on_a_Redis_client(string project) =>
        Assert.Equal(project == "ActorJobs.Redis", References(project, "PackageReference").Contains("StackExchange.Redis"));

    [Theory]
    [InlineData("ActorJobs")]
    [InlineData("ActorJobs.Workloads")]
    [InlineData("ActorJobs.Actors")]
    [InlineData("ActorJobs.AspNetCore")]
    public void What_stands_above_the_store_port_does_not_name_a_store_client(string project) =>
        Assert.Equal([], SourceTree.Files(project, ".cs").Where(file => File.ReadAllText(file).Contains("StackExchange.Redis", StringComparison.Ordinal)));

    private static IEnumerable<string> References(string project, string element) =>
        XDocument.Load(Path.Combine(SourceTree.Root, "src", project, project + ".csproj"))
            .Descendants(element)
            .Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'));
}
