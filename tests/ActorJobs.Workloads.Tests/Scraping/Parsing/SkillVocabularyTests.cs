using ActorJobs.Workloads.Scraping.Enrichment;

namespace ActorJobs.Workloads.Tests.Scraping.Parsing;

public sealed class SkillVocabularyTests
{
    private readonly SkillVocabulary vocabulary = SkillVocabulary.Parse(
        """
        # comment
        C# = csharp
        C++
        !Go = golang
        .NET
        Node.js = nodejs
        Java
        JavaScript
        Machine Learning = ml
        CI/CD
        """);

    [Theory]
    [InlineData("C#, C++ and .NET.", "C#|C++|.NET")]
    [InlineData("Go or golang; ready to go", "Go")]
    [InlineData("ready to go", "")]
    [InlineData("JavaScript (Node.js)", "JavaScript|Node.js")]
    [InlineData("machine\nlearning, CI/CD", "Machine Learning|CI/CD")]
    [InlineData("html", "")]
    public void Skills_are_found_as_whole_words_in_the_vocabularys_spelling(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', vocabulary.Find(text)));

    [Fact]
    public void The_vocabulary_in_the_assembly_stands_in_for_a_missing_file() =>
        Assert.Equal(["PostgreSQL", "Kubernetes"], SkillVocabulary.Load("no/such/file.txt").Find("Postgres on k8s"));
}
