using ActorJobs.Workloads.Scraping;
using ActorJobs.Workloads.Scraping.Parsing;

namespace ActorJobs.Workloads.Tests.Scraping.Parsing;

public sealed class PageParserTests
{
    private static readonly Uri Page = new("https://example.org/jobs/1");

    [Theory]
    [InlineData("""{"@type":"JobPosting","title":"A"}""", "A")]
    [InlineData("""[{"@type":"JobPosting","title":"A"},{"@type":"JobPosting","title":"B","url":"/b"}]""", "A|B")]
    [InlineData("""{"@graph":[{"@type":"WebSite"},{"@type":["Thing","JobPosting"],"title":"A"}]}""", "A")]
    [InlineData("""{"@type":"ItemList","itemListElement":[{"@type":"ListItem","item":{"@type":"JobPosting","title":"A"}}]}""", "A")]
    [InlineData("""{"@type":"WebPage","mainEntity":{"@type":"JobPosting","title":"A"}}""", "A")]
    [InlineData("""<!-- {"@type":"schema:JobPosting","title":"A",} -->""", "A")]
    [InlineData("""{"@type":"JobPosting","title":{"@value":"A"}}""", "A")]
    [InlineData("""{"@type":"JobPosting","title":"A &amp; B"}""", "A & B")]
    [InlineData("""{"@type":"JobPosting"}""", "")]
    [InlineData("""{"@type":"NewsArticle","title":"A"}""", "")]
    [InlineData("""{"@type":"JobPosting","title":12}""", "12")]
    [InlineData("""{"@type":"JobPosting","title":null,"name":"A"}""", "A")]
    [InlineData("null", "")]
    [InlineData("<!-->", "")]
    [InlineData("""{"@type":"JobPosting","title":"cut \ud83d"}""", "cut \uFFFD")]
    [InlineData("""{"@type":"JobPosting","title":"\ude00 whole \ud83d\ude00, \\ud83d","\ud800":1}""", "\uFFFD whole \U0001F600, \\ud83d")]
    public void Json_ld_is_found_in_the_shapes_it_comes_in(string json, string titles) =>
        Assert.Equal(titles, string.Join('|', Parse($"<script type='application/ld+json'>{json}</script>").Postings.Select(posting => posting.Title)));

    [Theory]
    [InlineData("""{"currency":"EUR","value":{"minValue":"50000","maxValue":60000.5,"unitText":"YEAR"}}""", "50000", "60000.5", "EUR", SalaryPeriod.Year)]
    [InlineData("""{"currency":"usd","value":20,"unitText":"hour"}""", "20", "20", "USD", SalaryPeriod.Hour)]
    [InlineData("""{"currency":"EUR","minValue":1000,"maxValue":0}""", "1000", null, "EUR", null)]
    [InlineData("\"€1,000 per month\"", "1000", "1000", "EUR", SalaryPeriod.Month)]
    [InlineData("""{"currency":"EUR","minValue":90000,"maxValue":10000}""", "10000", "90000", "EUR", null)]
    [InlineData("70000", "70000", "70000", "GBP", null)]
    public void Base_salary_is_read_in_the_shapes_it_comes_in(string salary, string min, string? max, string currency, SalaryPeriod? period)
    {
        var posting = Single($$"""{"@type":"JobPosting","title":"A","salaryCurrency":"GBP","baseSalary":{{salary}}}""");

        Assert.Equal(new Salary(Decimal(min), max is null ? null : Decimal(max), currency, period), posting.Salary);
    }

    [Theory]
    [InlineData("-5", "not understood: -5")]
    [InlineData("\"-1,250.50\"", "not understood: -1,250.50")]
    [InlineData("1e308", "not understood: 1e308")]
    [InlineData("""{"currency":"EUR","value":{"value":-5,"unitText":"HOUR"}}""", "not understood: -5")]
    [InlineData("""{"currency":"EUR","value":{"minValue":-5,"maxValue":"1e308"}}""", "not understood: -5 / 1e308")]
    [InlineData("""{"currency":"EUR","minValue":"negotiable"}""", "not understood: negotiable")]
    [InlineData("""{"currency":"EUR","value":{"minValue":0,"maxValue":"0.00"}}""", "missing")] // a template's "unknown"
    [InlineData("""{"currency":"EUR"}""", "missing")]
    public void A_salary_that_is_no_amount_is_reported_as_what_stands_there(string salary, string problem)
    {
        var posting = Single($$"""{"@type":"JobPosting","title":"A","baseSalary":{{salary}}}""");

        Assert.Null(posting.Salary);
        Assert.Equal(problem, posting.Issues.Single(issue => issue.Field == "salary").Problem);
    }

    [Fact]
    public void What_is_missing_is_reported_field_by_field()
    {
        var posting = Single("""{"@type":"JobPosting","title":"A","datePosted":"soon","employmentType":"flexible"}""");

        Assert.Equal(
            ["company: missing", "locations: missing", "employmentTypes: not understood: flexible", "salary: missing", "postedOn: not understood: soon",
                "validThrough: missing", "description: missing"],
            posting.Issues.Select(issue => $"{issue.Field}: {issue.Problem}"));
    }

    [Fact]
    public void A_page_cannot_pass_its_postings_off_as_another_sites()
    {
        var page = Parse(
            "<link rel=canonical href='https://victim.example/job'><script type='application/ld+json'>" +
            """{"@type":"JobPosting","title":"A","url":"https://victim.example/job"}</script>""");

        Assert.Equal(Page, page.Postings.Single().CanonicalUrl);
    }

    [Fact]
    public void A_loop_of_references_ends() =>
        Assert.Equal("A", Single("""{"@graph":[{"@id":"#a","@type":"JobPosting","title":"A","hiringOrganization":{"@id":"#a"}}]}""").Title);

    [Fact]
    public void References_that_multiply_end()
    {
        var many = string.Join(',', Enumerable.Repeat("""{"@id":"#a"}""", 1_000));

        var page = Parse($$"""<script type='application/ld+json'>{"@graph":[{"@id":"#a","@type":"JobPosting","title":"A","about":[{{many}}]}]}</script>""");

        Assert.Equal("A", page.Postings.Single().Title);
        Assert.Equal("more nested things than are read", page.Issues.Single().Problem);
    }

    [Theory]
    [InlineData("itemscope itemtype='https://schema.org/JobPosting'", "itemprop")]
    [InlineData("typeof='JobPosting'", "property")]
    public void Properties_within_properties_take_a_bounded_amount_of_memory(string thing, string property)
    {
        var html = $"<div {thing}><p {property}=title>A</p>" + string.Concat(Enumerable.Repeat($"<div {property}=employmentType>", 1_000)) + new string('x', 1_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal("A", Parse(html).Postings.Single().Title);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000_000);
    }

    [Fact]
    public void A_page_about_something_else_gives_nothing()
    {
        var page = Parse("<h1>About us</h1><p>We sell boats.</p><h2>Benefits</h2><ul><li>Address: Quay 1</li></ul>");

        Assert.Empty(page.Postings);
        Assert.Empty(page.Issues);
    }

    [Fact]
    public void A_page_nested_beyond_reason_is_refused_at_once() =>
        Assert.Equal("nested too deeply", Parse(string.Concat(Enumerable.Repeat("<div>", 200_000))).Issues.Single().Problem);

    // a minute, if each level of the page looked through all that is in it
    [Fact]
    public void A_large_page_deep_inside_is_read_in_one_pass() =>
        Assert.Empty(Parse("<h1>H</h1>" + string.Concat(Enumerable.Repeat("<div>", 1_900)) + "<h2>x</h2>" + string.Concat(Enumerable.Repeat("<p>Location: x</p>", 30_000))).Postings);

    [Fact]
    public void A_long_list_without_end_tags_is_not_nested() =>
        Assert.Empty(Parse("<ul>" + string.Concat(Enumerable.Repeat("<li>item<br><img src=x>", 5_000))).Issues);

    private static ParsedPage Parse(string html) => PageParser.Parse(html, Page);

    private static Posting Single(string json) => Parse($"<script type='application/ld+json'>{json}</script>").Postings.Single();

    private static decimal Decimal(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
