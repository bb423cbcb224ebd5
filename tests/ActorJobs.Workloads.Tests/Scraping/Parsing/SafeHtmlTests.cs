using ActorJobs.Workloads.Scraping.Parsing;

namespace ActorJobs.Workloads.Tests.Scraping.Parsing;

public sealed class SafeHtmlTests
{
    [Theory]
    [InlineData("<p onclick='x()'>hi</p>", "<p>hi</p>")]
    [InlineData("<script>alert(1)</script>hi", "hi")]
    [InlineData("<img src=x onerror=alert(1)>hi<svg onload=x>", "hi")]
    [InlineData("<a href='javascript:alert(1)'>hi</a>", "<a>hi</a>")]
    [InlineData("<a href='/apply'>hi</a>", "<a href=\"https://example.org/apply\" rel=\"nofollow noopener noreferrer\">hi</a>")]
    [InlineData("<p>never closed <b>at all", "<p>never closed <b>at all</b></p>")]
    [InlineData("</div></body></p>out<p>in", "<p></p>out<p>in</p>")]
    [InlineData("<div><font>kept words</font></div>", "kept words")]
    [InlineData("<p>1 &lt; 2 &amp; <i>3</i></p>", "<p>1 &lt; 2 &amp; <i>3</i></p>")]
    [InlineData("&lt;p&gt;escaped&lt;script&gt;x&lt;/script&gt;&lt;/p&gt;", "<p>escaped</p>")]
    [InlineData("<style><!--</style><script>x</script>--></style>ok", "--&gt;ok")]
    [InlineData("<noscript><p title='</noscript><script>x</script>'>no</p></noscript>ok", "ok")]
    public void Only_harmless_markup_is_left(string markup, string expected) =>
        Assert.Equal(expected, SafeHtml.FromMarkup(markup, new Uri("https://example.org/job")).Html);

    [Fact]
    public void The_text_has_a_line_for_each_block() =>
        Assert.Equal("One\ntwo\n- three\n- four", SafeHtml.FromMarkup("<h2>One</h2>two<ul><li>three<li>four</ul>", new Uri("https://example.org/")).Text);

    [Fact]
    public void Deep_nesting_and_great_length_are_bounded()
    {
        var deep = SafeHtml.FromMarkup(string.Concat(Enumerable.Repeat("<b>", 100_000)) + "x", new Uri("https://example.org/"));
        var wide = SafeHtml.FromMarkup(string.Concat(Enumerable.Repeat("<p>word</p>", 100_000)), new Uri("https://example.org/"));

        Assert.Equal("", deep.Html);
        Assert.InRange(wide.Html.Length, 10_000, 70_000);
    }
}
