using System.ComponentModel.DataAnnotations;
using ActorJobs.Workloads.Scraping.Runs;

namespace ActorJobs.Workloads.Scraping;

/// <summary>What a deployer sets for scraping. Bound from <c>ActorJobs:Scraping</c>; configuration wins over what code sets.</summary>
[ClosedSettings]
public sealed class ScrapingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "ActorJobs:Scraping";

    /// <summary>The SQLite file with fetched pages and postings. The runs lie in the node's store. Default: <c>data/scraping.db</c>.</summary>
    [Required]
    public string Path { get; set; } = "data/scraping.db";

    /// <summary>
    /// A PostgreSQL database instead of the file, as a connection string of Npgsql: <c>Host=db;Database=jobs;Username=jobs;Password=...</c>. Every node of a cluster
    /// reaches it, so that any of them can take any step and show all postings. The tables are made in a schema <c>scraping</c>. Default: none, the file.
    /// </summary>
    public string? Postgres { get; set; }

    /// <summary>
    /// The product token sites address in <c>robots.txt</c> (RFC 9309, 2.2.1: letters, hyphen, underscore). Default: <c>ActorJobsBot</c>.
    /// </summary>
    [Required, RegularExpression("^[A-Za-z_-]{1,40}$")]
    public string ProductToken { get; set; } = "ActorJobsBot";

    /// <summary>Where a site's owner reaches you: a URL or e-mail address, sent in <c>User-Agent</c>. Default: none, which is impolite outside of tests.</summary>
    [RegularExpression(@"^[\x21-\x27\x2A-\x7E]*$")]
    public string Contact { get; set; } = "";

    /// <summary>
    /// HTTP proxies for all requests, for instance <c>http://proxy:3128</c>, used in turn; one that fails three times in a row rests. With proxies nothing is
    /// fetched directly. Default: none.
    /// </summary>
    public IList<Uri> Proxies { get; } = [];

    /// <summary>How long a proxy that fails rests at first; each further failure doubles it, up to 32 times. Default: 30 seconds.</summary>
    public TimeSpan ProxyRest { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The addresses of boards' APIs by name (<c>greenhouse</c>, <c>lever</c>, <c>ashby</c>, <c>workable</c>, <c>smartrecruiters</c>), ending in a slash, for a
    /// region or a mirror, for instance <c>https://api.eu.lever.co/</c>. Default: the public ones.
    /// </summary>
    public IDictionary<string, Uri> Boards { get; } = new Dictionary<string, Uri>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Non-public addresses that may be reached all the same: <c>10.1.0.0/16</c>, <c>127.0.0.1:8080</c> or <c>[::1]:8080</c>. Default: none, because a URL
    /// chosen by a user would otherwise reach the services beside this node (request forgery).
    /// </summary>
    public IList<string> AllowedAddresses { get; } = [];

    /// <summary>The most companies in one run, at most 2 000 since one actor holds them. Default: 500.</summary>
    [Range(1, ScrapeBounds.MaxCompanies)]
    public int MaxCompanies { get; set; } = 500;

    /// <summary>The most runs a user may have under way at once. Default: 20.</summary>
    [Range(1, 100_000)]
    public int MaxOpenRunsPerUser { get; set; } = 20;

    /// <summary>The most pages fetched for one company. Default: 100.</summary>
    [Range(1, 5_000)]
    public int MaxPagesPerCompany { get; set; } = 100;

    /// <summary>How many links away from the start page the crawl goes; pagination does not count. Default: 2.</summary>
    [Range(0, 10)]
    public int MaxDepth { get; set; } = 2;

    /// <summary>The largest page after decompression, in bytes. Default: 2 MiB.</summary>
    [Range(1_024, 64 * 1024 * 1024)]
    [ByteSize]
    public int MaxPageBytes { get; set; } = 2 * 1024 * 1024;

    /// <summary>The largest sitemap or board feed after decompression, in bytes; a longer sitemap is read so far. Default: 16 MiB.</summary>
    [Range(1_024, 64 * 1024 * 1024)]
    [ByteSize]
    public int MaxFeedBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>The time one page may take, redirects included. Default: 30 seconds.</summary>
    public TimeSpan PageTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The time a connection may take. Default: 10 seconds.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The most redirects of one page; RFC 9309, 2.3.1.2 asks for at least five. Default: 5.</summary>
    [Range(0, 20)]
    public int MaxRedirects { get; set; } = 5;

    /// <summary>Requests under way at one host at once. Default: 2.</summary>
    [Range(1, 64)]
    public int HostConcurrency { get; set; } = 2;

    /// <summary>The time between the starts of two requests to one host; a larger <c>Crawl-delay</c> wins. Default: 250 ms.</summary>
    public TimeSpan HostDelay { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The pause after a host's first 429 or 503; each further one doubles it. Default: 1 second.</summary>
    public TimeSpan HostBackoff { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause at a host, <c>Retry-After</c> included; a page that asks for more is left out of this run. Default: 60 seconds.</summary>
    public TimeSpan MaxHostBackoff { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The largest <c>Crawl-delay</c> that is obeyed; a site that asks for more is crawled at this pace. Default: 10 seconds.</summary>
    public TimeSpan MaxCrawlDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many pages are kept for conditional requests, the oldest leave first. Default: 20 000.</summary>
    [Range(0, 10_000_000)]
    public int MaxStoredPages { get; set; } = 20_000;

    /// <summary>How many models' answers are kept for texts that come again, those unused for longest leave first. Default: 50 000.</summary>
    [Range(0, 10_000_000)]
    public int MaxStoredEnrichments { get; set; } = 50_000;

    /// <summary>How many ended runs are kept, the oldest leave first. Default: 1 000.</summary>
    [Range(1, 1_000_000)]
    public int MaxStoredRuns { get; set; } = 1_000;

    /// <summary>
    /// The skill vocabulary, relative to the content root. Default: <c>config/scraping/skills.txt</c>; a copy inside the assembly stands in when it is absent.
    /// </summary>
    [Required]
    public string SkillVocabulary { get; set; } = "config/scraping/skills.txt";

    /// <summary>The language model that enriches postings. Default: none, and rules do it.</summary>
    public ModelOptions Model { get; } = new();

    /// <summary>Serves the sample careers site under <c>/samples</c>. Default: true.</summary>
    public bool ServeSamples { get; set; } = true;
}
