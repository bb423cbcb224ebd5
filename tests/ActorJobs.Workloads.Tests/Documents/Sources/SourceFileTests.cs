using ActorJobs.Workloads.Documents;

namespace ActorJobs.Workloads.Tests.Documents.Sources;

public sealed class SourceFileTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("actorjobs-source-").FullName;

    [Fact]
    public void A_folder_gives_its_text_and_Markdown_files_in_order()
    {
        Write("b.md", "# The title\n\nText.");
        Write("a/x.txt", "Plain.");
        Write("c.png", "no text");
        File.CreateSymbolicLink(Path.Combine(root, "out.md"), "/etc/hostname");

        var files = SourceFolder.List(root).ToArray();

        Assert.Equal(["a/x.txt", "b.md"], files.Select(file => file.Id));
        Assert.Equal(["x", "The title"], files.Select(file => Read(file).Single().Title));
    }

    [Fact]
    public void A_file_that_two_packs_carry_is_listed_once_and_the_base_framework_goes_first()
    {
        Write("packs/Microsoft.AspNetCore.App.Ref/10.0.0/ref/net10.0/Same.xml", "<doc/>");
        Write("packs/Microsoft.AspNetCore.App.Ref/10.0.0/ref/net10.0/Web.xml", "<doc/>");
        Write("packs/Microsoft.NETCore.App.Ref/10.0.0/ref/net10.0/Same.xml", "<doc/>");
        Write("packs/Microsoft.NETCore.App.Ref/10.0.0/data/Other.xml", "<doc/>");

        Assert.Equal(
            ["Microsoft.NETCore.App.Ref/Same.xml", "Microsoft.AspNetCore.App.Ref/Web.xml"], DotnetReference.List(root).Select(file => file.Id));
    }

    [Fact]
    public void A_missing_source_says_which()
    {
        Assert.Contains("packs", Assert.Throws<DirectoryNotFoundException>(() => DotnetReference.List(root).ToArray()).Message, StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => SourceFolder.List(Path.Combine(root, "none")).ToArray());
    }

    [Fact]
    public void A_reader_notices_that_its_file_is_not_what_was_listed()
    {
        Write("a.txt", "before");
        var listed = SourceFolder.List(root).Single();
        var unchanged = new SourceFileReader(listed);
        Assert.Single(unchanged.ReadWhatCan((_, error) => throw error));
        Assert.False(unchanged.Changed);

        Write("a.txt", "after");
        var changed = new SourceFileReader(listed);
        Assert.Equal("after", Assert.Single(changed.ReadWhatCan((_, error) => throw error)).Text);
        Assert.True(changed.Changed);
    }

    [Fact]
    public void A_binary_file_is_unreadable()
    {
        Write("a.txt", "a\0b");
        var errors = new List<Exception>();

        Assert.Empty(new SourceFileReader(SourceFolder.List(root).Single()).ReadWhatCan((_, error) => errors.Add(error)));
        Assert.IsType<InvalidDataException>(Assert.Single(errors));
    }

    [Fact]
    public void The_running_SDK_is_found()
    {
        Assert.True(Directory.Exists(Path.Combine(DotnetReference.FindRoot(), "shared")));
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private static SourceDocument[] Read(SourceFile file) => [.. new SourceFileReader(file).ReadWhatCan((_, error) => throw error)];

    private void Write(string name, string text)
    {
        var path = Path.Combine(root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
