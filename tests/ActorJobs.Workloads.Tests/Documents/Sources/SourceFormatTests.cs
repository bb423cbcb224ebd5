using System.Text;
using ActorJobs.Workloads.Documents;

namespace ActorJobs.Workloads.Tests.Documents.Sources;

public sealed class SourceFormatTests
{
    [Fact]
    public void A_page_gives_its_subject_with_headings_and_without_what_all_pages_repeat()
    {
        var document = Assert.Single(HtmlText.Read(
            """
            <html><head><title> Herons &amp; otters </title><script>var x = 1;</script></head><body><nav>Home</nav>
            <main><h2>Herons</h2><p>The heron <b>wa</b>its
            beside&nbsp;water.</p><ul><li>one<li>two</ul><pre>a
             b</pre><p hidden>secret</p><style>p{}</style></main><footer>All rights</footer></body></html>
            """, "a/birds.html"));

        Assert.Equal(("a/birds.html", "Herons & otters"), (document.Id, document.Title));
        Assert.Equal("## Herons\n\nThe heron waits beside water.\n\n- one\n- two\na\nb", document.Text);
    }

    [Theory]
    [InlineData("<h1>Only a heading</h1>", "Only a heading")]
    [InlineData("words", "birds")]
    public void A_page_without_a_title_is_called_by_its_heading_or_its_file(string html, string title) =>
        Assert.Equal(title, Assert.Single(HtmlText.Read(html, "a/birds.html")).Title);

    [Fact]
    public void A_page_nested_without_end_is_refused() =>
        Assert.Throws<InvalidDataException>(() => HtmlText.Read(string.Concat(Enumerable.Repeat("<div>", 100_000)), "x.html"));

    [Fact]
    public void Lines_are_documents_and_a_bad_one_is_told_alone()
    {
        var aside = new List<string>();
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(
            "\uFEFF{\"id\":7,\"title\":\"Seven\",\"text\":\"a\"}\r\n\nnonsense\n{\"text\":1}\n{\"text\":\"b\",\"more\":[]}\n{\"id\":\"last\",\"text\":\"c\"}"));

        var documents = NdjsonReader.Read(content, "f.ndjson", (id, _) => aside.Add(id)).ToArray();

        Assert.Equal([("f.ndjson#7", "Seven", "a"), ("f.ndjson#5", "f.ndjson:5", "b"), ("f.ndjson#last", "last", "c")], documents.Select(one => (one.Id, one.Title, one.Text)));
        Assert.Equal(["f.ndjson:3", "f.ndjson:4"], aside);
    }

    [Theory]
    [InlineData("ab\ncdef\n", "ab|cdef")]
    [InlineData("ab\n0123456789x\ncd", "ab|!|cd")]
    [InlineData("0123456789", "0123456789")]
    [InlineData("0123456789x", "!")]
    [InlineData("", "")]
    [InlineData("\n\na", "||a")]
    public void Lines_are_read_within_a_bound(string text, string expected)
    {
        foreach (var chunk in new[] { 1, 3, 100 })
        {
            using var content = new DripStream(Encoding.UTF8.GetBytes(text), chunk);
            var lines = new LineReader(content, maxLine: 10);
            var read = new List<string>();
            while (lines.Read())
                read.Add(lines.IsTooLong ? "!" : Encoding.UTF8.GetString(lines.Current.Span));

            Assert.Equal(expected, string.Join('|', read));
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"text":"x","id":{}}""")]
    [InlineData("""{"text":"x","title":3}""")]
    [InlineData("""{"text":"x","id":"a\u0001b"}""")]
    [InlineData("""{"text":"\ud800"}""")]
    [InlineData("{\"text\":\"x\"} trailing")]
    public void What_is_no_document_is_refused_with_a_reason(string json)
    {
        var (fields, problem) = DocumentFields.Read(Encoding.UTF8.GetBytes(json));

        Assert.Null(fields);
        Assert.NotEmpty(problem!);
    }

    /// <summary>Gives a few bytes at a time, as a network does.</summary>
    private sealed class DripStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, chunk));
    }
}
