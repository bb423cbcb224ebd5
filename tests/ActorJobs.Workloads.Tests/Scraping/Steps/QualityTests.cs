using System.Globalization;
using System.Net;
using System.Text.Json;
using ActorJobs.Workloads.Scraping.Boards;

namespace ActorJobs.Workloads.Tests.Scraping.Steps;

/// <summary>
/// Precision and recall per field against a site of known truth: 156 postings of made-up companies, 24 as JSON-LD, 12 as microdata, 12 as RDFa, 24 as labels and
/// values, and 84 as <see cref="BoardPages"/> without markup for machines. Each answer takes 200 ms. The figures are written to the test's output.
/// </summary>
public sealed class QualityTests
{
    private const int Labelled = 48;
    private const int Styled = 72;
    private const int HeldOut = Styled + BoardPages.Count;
    private const int Count = HeldOut + BoardPages.HeldOut;
    private static readonly string[] Titles = ["Backend Engineer", "Night Nurse", "Accountant (m/f/d)", "Senior Data Scientist", "Warehouse Lead", "Head of Marketing", "UX Designer", "Electrician"];
    private static readonly string[] Cities = ["Berlin", "Lyon", "Porto", "Utrecht", "Leeds", "Austin, TX", "São Paulo", "Graz"];
    private static readonly string[] Types = ["Full-time", "Part-time", "Internship", "Contract"];
    private static readonly string[] Normal = ["FullTime", "PartTime", "Intern", "Contractor"];
    private static readonly string[] Fields = ["title", "company", "location", "type", "salary", "posted", "valid", "remote", "apply"];

    [Fact]
    public async Task Fields_are_read_as_they_are_known_to_be()
    {
        await using var site = await LoopbackSite.StartAsync(async context =>
        {
            await Task.Delay(200, context.RequestAborted);
            var path = context.Request.Path.Value!;
            var isPosting = path.StartsWith("/jobs/", StringComparison.Ordinal);
            context.Response.StatusCode = path == "/" || isPosting ? 200 : 404;
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync(path == "/"
                ? string.Concat(Enumerable.Range(0, Count).Select(number => $"<li><a href='/jobs/{number}'>{number}</a>"))
                : isPosting ? Page(int.Parse(path["/jobs/".Length..], CultureInfo.InvariantCulture)) : "");
        });
        await using var node = await ScrapingNode.StartAsync(options: options => (options.HostConcurrency, options.MaxPagesPerCompany) = (16, 400));

        var run = await node.ScrapeAsync(false, site.Root.AbsoluteUri);

        TestContext.Current.TestOutputHelper?.WriteLine($"{run.GetProperty("postingsFound")} postings found of {Count}");
        var found = (await node.GetAsync("/api/v1/postings?limit=1000")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("posting"))
            .ToDictionary(posting => int.Parse(new Uri(posting.GetProperty("sourceUrl").GetString()!).Segments[^1], CultureInfo.InvariantCulture), Read);
        Measure("structured", 0, Labelled, least: 0.95);
        Measure("plain, labels", Labelled, Styled, least: 0.8);
        Measure("plain, boards' styles", Styled, HeldOut, least: 0.8);
        // told, not asked for: what to expect of a layout that the reader was not made with
        Measure("plain, added later", HeldOut, Count, least: -1);
        Measure("plain, all", Labelled, Count, least: 0.8);

        void Measure(string style, int from, int to, double least)
        {
            foreach (var field in Fields)
            {
                var (right, told, known) = (0, 0, 0);
                for (var number = from; number < to; number++)
                {
                    var (truth, value) = (TruthOf(number, site.Root)[field], found.TryGetValue(number, out var posting) ? posting[field] : "");
                    known += truth.Length > 0 ? 1 : 0;
                    told += value.Length > 0 ? 1 : 0;
                    right += value.Length > 0 && value == truth ? 1 : 0;
                    if (value != truth && told + known > 0)
                        TestContext.Current.TestOutputHelper?.WriteLine($"  {number} {field}: is '{truth}', read '{value}'");
                }

                var (precision, recall) = (told == 0 ? 1 : right / (double)told, known == 0 ? 1 : right / (double)known);
                TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{style} | {field} | {precision:0.000} | {recall:0.000} | {known}"));
                Assert.True(precision > least && recall > least, FormattableString.Invariant($"{style} {field}: precision {precision:0.000}, recall {recall:0.000}"));
            }
        }
    }

    private static Dictionary<string, string> TruthOf(int n, Uri root) => n < Styled ? Truth(n, root) : BoardPages.Shown(n - Styled, Truth(n, root));

    private static Dictionary<string, string> Truth(int n, Uri root) => new()
    {
        ["title"] = $"{Titles[n % 8]} {n}",
        ["company"] = $"Company {n % 7}",
        ["location"] = Cities[n % 8],
        ["type"] = Normal[n % 4],
        ["salary"] = n % 3 == 0 ? "" : FormattableString.Invariant($"{40 + n % 8}000-{50 + n % 8}000 EUR Year"),
        ["posted"] = FormattableString.Invariant($"2026-10-{1 + n % 28:00}"),
        ["valid"] = n % 2 == 0 ? FormattableString.Invariant($"2026-12-{1 + n % 28:00}") : "",
        ["remote"] = n % 5 == 0 ? "True" : "",
        ["apply"] = new Uri(root, $"/apply/{n}").AbsoluteUri,
    };

    private static Dictionary<string, string> Read(JsonElement posting) => new()
    {
        ["title"] = posting.Text("title") ?? "",
        ["company"] = posting.Text("company") ?? "",
        ["location"] = string.Join('|', posting.GetProperty("locations").EnumerateArray().Select(place => place.GetString())),
        ["type"] = string.Join('|', posting.GetProperty("employmentTypes").EnumerateArray().Select(type => type.GetString())),
        ["salary"] = posting.At("salary").ValueKind == JsonValueKind.Object
            ? $"{posting.Text("salary", "min")}-{posting.Text("salary", "max")} {posting.Text("salary", "currency")} {posting.Text("salary", "period")}" : "",
        ["posted"] = posting.Text("postedOn") ?? "",
        ["valid"] = posting.Text("validThrough") ?? "",
        ["remote"] = posting.At("remote").ValueKind == JsonValueKind.True ? "True" : "",
        ["apply"] = posting.Text("applyUrl") ?? "",
    };

    private static string Page(int n)
    {
        var truth = Truth(n, new Uri("http://h/"));
        var (low, high) = truth["salary"].Length == 0 ? ("", "") : (truth["salary"][..5], truth["salary"][6..11]);
        return n switch
        {
            < 24 => JsonLd(n, truth, low, high),
            < 36 => Marked(n, truth, low, high, "itemscope itemtype='https://schema.org/{0}'", "itemprop"),
            < Labelled => Marked(n, truth, low, high, "typeof='{0}'", "property"),
            < Styled => Plain(n, truth, low, high),
            _ => BoardPages.Page(n - Styled, n, truth, Types[n % 4]),
        };
    }

    private static string JsonLd(int n, Dictionary<string, string> truth, string low, string high)
    {
        var salary = low.Length == 0 ? "" : $$""" "baseSalary": {"@type": "MonetaryAmount", "currency": "EUR", "value": {"@type": "QuantitativeValue", "minValue": {{low}}, "maxValue": "{{high}}", "unitText": "YEAR"} },""";
        var posting = $$"""
            {"@context": "https://schema.org", "@type": "JobPosting", "title": "{{truth["title"]}}", "hiringOrganization": {"@type": "Organization", "name": "{{truth["company"]}}"},
             "jobLocation": {"@type": "Place", "address": {"@type": "PostalAddress", "addressLocality": "{{truth["location"]}}"} },{{salary}}
             "employmentType": "{{Types[n % 4]}}", "datePosted": "{{truth["posted"]}}T08:00:00Z", {{(truth["valid"].Length > 0 ? $"\"validThrough\": \"{truth["valid"]}\"," : "")}}
             {{(truth["remote"].Length > 0 ? "\"jobLocationType\": \"TELECOMMUTE\"," : "")}}
             "description": "<p>Work number {{n}} {{(n % 6 == 1 ? "with a \"quoted\" word\nand a line break" : "is good")}}.</p>"}
            """;
        var block = (n % 4) switch { 1 => $"[{posting}]", 2 => $"{{\"@graph\": [{{\"@type\": \"WebSite\", \"name\": \"x\"}}, {posting}]}}", 3 => posting + ";", _ => posting };
        return $"<title>x</title><script type='application/ld+json'>{block}</script><h1>{truth["title"]}</h1><a href='/apply/{n}'>Apply now</a>";
    }

    private static string Marked(int n, Dictionary<string, string> truth, string low, string high, string scope, string property)
    {
        string Open(string type) => string.Format(CultureInfo.InvariantCulture, scope, type);
        var salary = low.Length == 0 ? "" :
            $"<span {property}='baseSalary' {Open("MonetaryAmount")}><meta {property}='currency' content='EUR'><span {property}='value' {Open("QuantitativeValue")}>" +
            $"<meta {property}='minValue' content='{low}'><meta {property}='maxValue' content='{high}'><meta {property}='unitText' content='YEAR'></span></span>";
        return $"""
            <div vocab='https://schema.org/' {Open("JobPosting")}><h1 {property}='title'>{truth["title"]}</h1>
            <span {property}='hiringOrganization' {Open("Organization")}><b {property}='name'>{truth["company"]}</b></span>
            <span {property}='jobLocation' {Open("Place")}><span {property}='address' {Open("PostalAddress")}><i {property}='addressLocality'>{truth["location"]}</i></span></span>
            <span {property}='employmentType'>{Types[n % 4]}</span>{salary}<time {property}='datePosted' datetime='{truth["posted"]}'>then</time>
            {(truth["valid"].Length > 0 ? $"<meta {property}='validThrough' content='{truth["valid"]}'>" : "")}
            {(truth["remote"].Length > 0 ? $"<meta {property}='jobLocationType' content='TELECOMMUTE'>" : "")}
            <div {property}='description'><p>Work number {n}.</p></div></div><a href='/apply/{n}'>Apply</a>
            """;
    }

    private static string Plain(int n, Dictionary<string, string> truth, string low, string high)
    {
        var posted = DateOnly.ParseExact(truth["posted"], "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var pay = low.Length == 0 ? "" : (n % 2) switch { 0 => $"€{low[..2]},000 – €{high[..2]},000 per year", _ => $"EUR {low[..2]}k-{high[..2]}k per annum" };
        var rows = new List<(string Label, string Value)>
        {
            (n % 4 == 0 ? "Standort" : "Location", truth["location"]), ("Company", truth["company"]), ("Employment type", Types[n % 4]),
            ("Posted", n % 2 == 0 ? posted.ToString("d MMMM yyyy", CultureInfo.InvariantCulture) : posted.ToString("MMMM d, yyyy", CultureInfo.InvariantCulture)),
        };
        if (pay.Length > 0)
            rows.Add(("Salary", pay));
        if (truth["valid"].Length > 0)
            rows.Add(("Closing date", truth["valid"]));
        if (truth["remote"].Length > 0)
            rows.Add(("Remote", "yes"));
        var shown = (n % 3) switch
        {
            0 => $"<dl>{string.Concat(rows.Select(row => $"<dt>{row.Label}</dt><dd>{WebUtility.HtmlEncode(row.Value)}</dd>"))}</dl>",
            1 => $"<table>{string.Concat(rows.Select(row => $"<tr><th>{row.Label}</th><td>{WebUtility.HtmlEncode(row.Value)}</td></tr>"))}</table>",
            _ => string.Concat(rows.Select(row => $"<p><b>{row.Label}:</b> {WebUtility.HtmlEncode(row.Value)}</p>")),
        };
        return $"<nav><a href='/'>Home</a></nav><main><h1>{truth["title"]}</h1>{shown}<h2>Your profile</h2><ul><li>Care for number {n}</li></ul><a href='/apply/{n}'>Apply now</a></main><footer>© 2026</footer>";
    }
}
