using ActorJobs.Workloads.Scraping.Crawling;
using ActorJobs.Workloads.Scraping.Parsing;

namespace ActorJobs.Workloads.Tests.Scraping.Parsing;

public sealed class LinkReaderTests
{
    [Theory]
    [InlineData("<a href='/jobs/1'>x</a>", "Job /jobs/1")]
    [InlineData("<a href='/about'>x</a>", "")]
    [InlineData("<a href='team'>x</a>", "Job /careers/team")]
    [InlineData("<a href='?page=2'>2</a>", "NextPage /careers/?page=2")]
    [InlineData("<a href='?page=2&utm_source=x#top'>2</a>", "NextPage /careers/?page=2")]
    [InlineData("<a href='/elsewhere' rel=next>x</a>", "NextPage /elsewhere")]
    [InlineData("<a href='/list/b'>Next »</a>", "NextPage /list/b")]
    [InlineData("<link rel=next href='/careers/2'>", "NextPage /careers/2")]
    [InlineData("<a href='?page=1' rel=prev>1</a>", "")]
    [InlineData("<a href='https://other.example/jobs/1'>x</a>", "")]
    [InlineData("<a href='javascript:void(0)'>x</a><a href='mailto:a@b.c'>y</a><a href='#top'>z</a>", "")]
    [InlineData("<a href='/jobs/flyer.pdf'>x</a>", "")]
    [InlineData("<a rel='nofollow' href='/jobs/1'>x</a>", "")]
    [InlineData("<meta name=robots content='noindex,nofollow'><a href='/jobs/1'>x</a>", "")]
    [InlineData("<a href='/jobs/1'>x</a><a href='/jobs/1?utm_medium=y'>x</a>", "Job /jobs/1")]
    public void Links_are_told_apart(string html, string expected)
    {
        var links = LinkReader.Read(html, new Uri("https://example.org/careers/"), new Uri("https://example.org/careers/"));

        Assert.Equal(expected, string.Join(", ", links.Select(link => $"{link.Kind} {link.Target.PathAndQuery}")));
    }

    [Fact]
    public void A_link_of_a_megabyte_is_not_followed() =>
        Assert.Empty(LinkReader.Read($"<a href='/jobs/{new string('x', 1_000_000)}'>x</a>", new Uri("https://example.org/"), new Uri("https://example.org/")));

    [Theory]
    [InlineData("https://h/acme/", "https://h/acme/jobs/1", true)]
    [InlineData("https://h/acme/", "https://h/other/jobs/1", false)]
    [InlineData("https://h/acme/careers/list", "https://h/acme/jobs/1", true)]
    [InlineData("https://h/careers/", "https://h/jobs/1", true)]
    [InlineData("https://h/", "https://h/anything/positions/7", true)]
    public void A_crawl_stays_in_the_companys_part_of_the_site(string start, string target, bool expected) =>
        Assert.Equal(expected, LinkReader.IsJob(new Uri(target), new Uri(start)));

    [Theory]
    [InlineData("HTTP://Example.ORG:80/a/../b?utm_source=x&id=1#f", "http://example.org/b?id=1")]
    [InlineData("https://h/?fbclid=x", "https://h/")]
    [InlineData("https://h/a%2Fb?q=%C3%BC", "https://h/a%2Fb?q=%C3%BC")]
    public void An_address_has_one_spelling(string url, string expected) => Assert.Equal(expected, CanonicalUrl.Of(new Uri(url)).AbsoluteUri);

    [Fact]
    public void A_sitemap_is_read_up_to_where_it_breaks()
    {
        var entries = SitemapReader.Read("<urlset><url><loc>https://h/jobs/1</loc><priority>1</priority></url><url><loc> https://h/jobs/2 </loc></url><url><loc>https:").Entries.Select(entry => (entry.Url, entry.IsSitemap));

        Assert.Equal([(new Uri("https://h/jobs/1"), false), (new Uri("https://h/jobs/2"), false)], entries);
        Assert.Equal(DateTimeOffset.MaxValue.Year, SitemapReader.Read("<urlset><url><loc>https://h/jobs/1</loc><lastmod>9999-12-31</lastmod></url></urlset>").Entries.Single().Modified?.Year);
        Assert.Equal([(new Uri("https://h/a.xml"), true)], SitemapReader.Read("<sitemapindex><sitemap><loc>https://h/a.xml</loc></sitemap></sitemapindex>").Entries.Select(entry => (entry.Url, entry.IsSitemap)));
        Assert.Empty(SitemapReader.Read("<!DOCTYPE x [<!ENTITY a 'b'>]><urlset><url><loc>https://h/&a;</loc></url></urlset>").Entries.Select(entry => (entry.Url, entry.IsSitemap)));
    }
}
