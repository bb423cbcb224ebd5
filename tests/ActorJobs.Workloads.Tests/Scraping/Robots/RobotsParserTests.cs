using ActorJobs.Workloads.Scraping.Robots;

namespace ActorJobs.Workloads.Tests.Scraping.Robots;

public sealed class RobotsParserTests
{
    // the examples of RFC 9309, 2.2.2 and 2.2.3, and those of the original parser's test suite rephrased
    [Theory]
    [InlineData("/fish", "/fish.html", true)]
    [InlineData("/fish", "/fishheads/yummy.html", true)]
    [InlineData("/fish", "/Fish.asp", false)]
    [InlineData("/fish", "/catfish", false)]
    [InlineData("/fish*", "/fish", true)]
    [InlineData("/fish/", "/fish", false)]
    [InlineData("/fish/", "/fish/?id=anything", true)]
    [InlineData("/*.php", "/folder/any.php.file.html", true)]
    [InlineData("/*.php", "/windows.PHP", false)]
    [InlineData("/*.php$", "/filename.php", true)]
    [InlineData("/*.php$", "/filename.php?parameters", false)]
    [InlineData("/*.php$", "/filename.php5", false)]
    [InlineData("/fish*.php", "/fishheads/catfish.php?parameters", true)]
    [InlineData("/a*b*c$", "/a-b-b-c", true)]
    [InlineData("/ab*ab$", "/ab", false)]
    [InlineData("/ab*ab$", "/abab", true)]
    [InlineData("/x$", "/x", true)]
    [InlineData("/x$", "/xy", false)]
    [InlineData("/$", "/", true)]
    [InlineData("*", "/anything", true)]
    [InlineData("/foo/bar?baz=http://foo.bar", "/foo/bar?baz=http://foo.bar", true)]
    [InlineData("/foo/bar/ツ", "/foo/bar/%E3%83%84", true)]
    [InlineData("/foo/bar/%E3%83%84", "/foo/bar/%E3%83%84", true)]
    [InlineData("/foo/bar/%62%61%7A", "/foo/bar/baz", true)]
    [InlineData("/a%3cd.html", "/a%3Cd.html", true)]
    [InlineData("/a%2fb", "/a/b", false)]
    [InlineData("/file-with-a-%2A.html", "/file-with-a-*.html", true)]
    [InlineData("/file-with-a-%2A.html", "/file-with-a-b.html", false)]
    [InlineData("/foo-%24", "/foo-$", true)]
    [InlineData("/a$b", "/a$b", true)]
    public void A_pattern_matches_as_the_standard_says(string pattern, string path, bool matches) =>
        Assert.Equal(matches, new RobotsRule(pattern, isAllow: false).Matches(RobotsPath.Normalise(path)));

    [Theory]
    [InlineData("allow: /p\ndisallow: /", "/page", true)]
    [InlineData("allow: /folder\ndisallow: /folder", "/folder/page", true)]
    [InlineData("disallow: /folder\nallow: /folder", "/folder/page", true)]
    [InlineData("allow: /page\ndisallow: /*.htm", "/page.htm", false)]
    [InlineData("allow: /$\ndisallow: /", "/", true)]
    [InlineData("allow: /$\ndisallow: /", "/page.html", false)]
    [InlineData("allow: /f*\ndisallow: /fö", "/f%C3%B6", false)]
    [InlineData("disallow:", "/page", true)]
    [InlineData("disallow: /", "/robots.txt", true)]
    public void The_longest_rule_decides_and_an_equal_allow_wins(string rules, string path, bool allowed) =>
        Assert.Equal(allowed, Parse("user-agent: *\n" + rules).Allows(At(path)));

    [Theory]
    [InlineData("user-agent: FooBot\ndisallow: /\nuser-agent: *\ndisallow: /x", "/y", false)]
    [InlineData("user-agent: *\ndisallow: /\nuser-agent: foobot\nallow: /", "/y", true)]
    [InlineData("user-agent: FooBot/2.1 (+http://x)\ndisallow: /", "/y", false)]
    [InlineData("user-agent: FooBotNews\ndisallow: /", "/y", true)]
    [InlineData("user-agent: BarBot\nuser-agent: FooBot\ndisallow: /y", "/y", false)]
    [InlineData("user-agent: FooBot\ndisallow: /a\n\nuser-agent: BarBot\ndisallow: /b\n\nuser-agent: FooBot\ndisallow: /y", "/y", false)]
    [InlineData("user-agent: FooBot\n\nuser-agent: *\ndisallow: /\n", "/y", false)]
    [InlineData("user-agent: FooBot\nsitemap: https://h/s.xml\ndisallow: /y", "/y", false)]
    [InlineData("user-agent: FooBot\ncrawl-delay: 1\nuser-agent: BarBot\ndisallow: /y", "/y", false)]
    [InlineData("disallow: /", "/y", true)]
    [InlineData("user-agent: BarBot\ndisallow: /", "/y", true)]
    [InlineData("USER-AGENT : FooBot # us\r\nDISALLOW\t: /y # no\r\n", "/y", false)]
    [InlineData("\uFEFFuser-agent: FooBot\rdisallow: /y", "/y", false)]
    [InlineData("<html>not a robots file</html>", "/y", true)]
    public void The_groups_for_our_token_apply_else_those_for_all(string text, string path, bool allowed) =>
        Assert.Equal(allowed, Parse(text).Allows(At(path)));

    [Fact]
    public void Crawl_delay_and_sitemaps_are_read()
    {
        var rules = Parse("sitemap: https://h/one.xml\nuser-agent: *\ncrawl-delay: 1.5\nsitemap: https://h/two.xml\nsitemap: nonsense");

        Assert.Equal(TimeSpan.FromSeconds(1.5), rules.CrawlDelay);
        Assert.Equal([new Uri("https://h/one.xml"), new Uri("https://h/two.xml")], rules.Sitemaps);
    }

    [Theory]
    [InlineData("100000")]
    [InlineData("99999999999999999999999999999999")]
    public void A_crawl_delay_of_more_than_a_day_is_one_of_a_day(string delay) =>
        Assert.Equal(TimeSpan.FromDays(1), Parse($"user-agent: *\ncrawl-delay: {delay}").CrawlDelay);

    [Fact]
    public void A_hostile_pattern_takes_linear_time()
    {
        var rule = new RobotsRule("/" + string.Concat(Enumerable.Repeat("a*", 50_000)) + "b$", isAllow: false);

        Assert.False(rule.Matches("/" + new string('a', 2_000)));
    }

    private static RobotsRules Parse(string text) => RobotsParser.Parse(text, "FooBot");

    private static Uri At(string path) => new("http://host" + path);
}
