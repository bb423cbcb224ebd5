using System.Text.RegularExpressions;

namespace ActorJobs.Tests.Architecture;

/// <summary>Endings that say nothing about a type's duty are not used, in file names or in type names.</summary>
public sealed partial class NamingTests
{
    [Theory]
    [InlineData(".cs")]
    [InlineData(".razor")]
    public void No_file_name_ends_in_a_word_without_meaning(string extension) =>
        Assert.Equal([], SourceTree.Files("", extension).Where(file => WithoutMeaning().IsMatch(Path.GetFileName(file).Split('.')[0])));

    [Fact]
    public void No_type_name_ends_in_a_word_without_meaning() =>
        Assert.Equal(
            [],
            SourceTree.Files("", ".cs")
                .SelectMany(file => Declaration().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value))
                .Where(name => WithoutMeaning().IsMatch(name)));

    [Theory]
    [InlineData("internal sealed class JobManager(int a)", "JobManager", true)]
    [InlineData("public readonly record struct JobInfo<T>", "JobInfo", true)]
    [InlineData("public interface IJobService", "IJobService", true)]
    [InlineData("public sealed record Metadata;", "Metadata", false)]
    public void The_check_finds_what_it_is_for(string source, string name, bool banned)
    {
        Assert.Equal(name, Declaration().Match(source).Groups["name"].Value);
        Assert.Equal(banned, WithoutMeaning().IsMatch(name));
    }

    [GeneratedRegex("(Manager|Helpers?|Utils?|Common|Base|Impl|Info|Data|Wrapper|Service)$")]
    private static partial Regex WithoutMeaning();

    [GeneratedRegex(@"^\s*(?:(?:public|internal|private|protected|file|sealed|abstract|static|partial|readonly|ref)\s+)*(?:record\s+struct|record\s+class|class|struct|record|interface|enum)\s+(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
