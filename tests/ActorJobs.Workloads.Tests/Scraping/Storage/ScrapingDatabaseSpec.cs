using ActorJobs.Workloads.Scraping;
using ActorJobs.Workloads.Scraping.Crawling;
using ActorJobs.Workloads.Scraping.Postings;
using ActorJobs.Workloads.Scraping.Storage;

namespace ActorJobs.Workloads.Tests.Scraping.Storage;

/// <summary>What every database of the workload does. Each test has an empty one.</summary>
public abstract class ScrapingDatabaseSpec : IAsyncLifetime
{
    private const string Company = "https://acme.example/";
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private ScrapingDatabase database = null!;

    /// <summary>The database as another process would open it.</summary>
    private protected abstract IScrapingBackend Open();

    public virtual ValueTask InitializeAsync()
    {
        database = new ScrapingDatabase(Open());
        return ValueTask.CompletedTask;
    }

    public abstract ValueTask DisposeAsync();

    [Fact]
    public void A_posting_is_known_again_by_its_address_and_by_its_words()
    {
        Assert.True(Save(Job(1)));
        Assert.False(Save(Job(1) with { Title = "Another title" }));
        Assert.False(Save(Job(1) with { Title = "Another title", CanonicalUrl = new Uri("https://acme.example/x") }));
        Assert.True(Save(Job(2)));

        Assert.Equal(["Engineer 2", "Another title"], Titles(new PostingQuery()));
    }

    [Fact]
    public void Another_site_with_the_same_words_has_a_posting_of_its_own_and_changes_nothing()
    {
        Save(Job(1) with { ApplyUrl = new Uri("https://acme.example/apply") });
        var copy = Job(1) with { SourceUrl = new Uri("https://evil.example/1"), CanonicalUrl = new Uri("https://evil.example/1"), ApplyUrl = new Uri("https://evil.example/apply") };

        Assert.True(Save(copy));
        Assert.False(Save(copy with { Title = "Another title" }));
        Assert.False(Save(Job(1) with { ApplyUrl = new Uri("https://acme.example/apply") }));

        Assert.Equal(
            ["evil.example evil.example Another title", "acme.example acme.example Engineer 1"],
            database.Search(new PostingQuery()).Items.Select(item => $"{item.Posting.SourceUrl.Host} {item.Posting.ApplyUrl!.Host} {item.Posting.Title}"));
    }

    [Fact]
    public void An_address_that_once_led_to_another_sites_posting_changes_it_no_more()
    {
        Save(Job(1));
        var url = new Uri("https://evil.example/1");
        // as matching by words alone left it
        database.Write(connection => connection.Execute(
            "INSERT INTO posting_urls (url, posting_id) VALUES (@url, @id)", ("@url", url.AbsoluteUri), ("@id", Ids(new PostingQuery())[0])));

        Assert.True(Save(Job(1) with { SourceUrl = url, CanonicalUrl = url }));
        Assert.False(Save(Job(1) with { SourceUrl = url, CanonicalUrl = url, Title = "Changed" }));

        Assert.Equal(["Changed", "Engineer 1"], Titles(new PostingQuery()));
    }

    [Fact]
    public void A_boards_account_changes_neither_a_sites_postings_nor_another_accounts()
    {
        var feed = Job(1) with { SourceUrl = new Uri("https://boards.example/v1/acme/jobs"), CanonicalUrl = new Uri("https://boards.example/acme/1"), ExtractedBy = ExtractionMethod.Board };
        var evil = feed with { SourceUrl = new Uri("https://boards.example/v1/evil/jobs"), CanonicalUrl = new Uri("https://boards.example/evil/1") };
        Save(Job(1));

        Assert.True(Save(feed));
        Assert.True(Save(evil));
        Assert.False(Save(evil with { CanonicalUrl = feed.CanonicalUrl, Title = "Engineer 1" }));
        Assert.True(Save(evil with { CanonicalUrl = Job(1).CanonicalUrl, Title = "Taken" }));
        Assert.False(Save(feed with { DescriptionText = "New words" }));

        Assert.Equal(
            ["Taken /v1/evil/jobs", "Engineer 1 /v1/evil/jobs", "Engineer 1 /v1/acme/jobs", "Engineer 1 /jobs/1"],
            database.Search(new PostingQuery()).Items.Select(item => $"{item.Posting.Title} {item.Posting.SourceUrl.AbsolutePath}"));
    }

    [Theory]
    [InlineData("https://www.acme.example/x", false)]
    [InlineData("http://acme.example/x", false)]
    [InlineData("https://careers.acme.example/x", false)]
    [InlineData("https://acme.example.evil.example/x", true)]
    [InlineData("https://evil.acme.example/x", true)]
    [InlineData("https://acme.example:8443/x", true)]
    public void The_same_words_are_the_same_posting_within_a_site_alone(string url, bool isNew)
    {
        Save(Job(1));

        Assert.Equal(isNew, Save(Job(1) with { SourceUrl = new Uri(url), CanonicalUrl = new Uri(url) }));
    }

    [Fact]
    public void What_was_stored_comes_back_as_it_was()
    {
        var posting = Job(7) with
        {
            Locations = ["Köln, DE", "Paris"],
            Remote = true,
            EmploymentTypes = [EmploymentType.FullTime, EmploymentType.Temporary],
            Salary = new Salary(1.5m, null, "EUR", SalaryPeriod.Hour),
            PostedOn = new DateOnly(2026, 11, 1),
            Language = "de",
            Issues = [new FieldIssue("salary", "odd")],
            Enrichment = new PostingEnrichment("rules", ["C#", "Go"], Seniority.Senior, null, null, "de"),
        };
        Save(posting);

        var stored = Assert.Single(database.Search(new PostingQuery()).Items);
        Assert.Equivalent(posting, stored.Posting, strict: true);
        Assert.Equal((Now, Now, null), (stored.FirstSeen, stored.LastSeen, stored.ClosedAt));
        Assert.Equal(stored.Id, database.Read(connection => PostingTable.Find(connection, stored.Id))!.Id);
        Assert.Null(database.Read(connection => PostingTable.Find(connection, stored.Id + 1)));
    }

    [Theory]
    [InlineData("engineer", "3 2 1")]
    [InlineData("ENGINEER 2", "2")]
    [InlineData("koln", "3")] // without its accent
    [InlineData("Köln", "3")]
    [InlineData("\"sea going\"", "2")]
    [InlineData("\"going sea\"", "")]
    [InlineData("kube*", "1")]
    [InlineData("kube", "")]
    [InlineData("node.js", "3")]
    [InlineData("sea engineer", "2")]
    [InlineData("AND OR NOT ' & | ! <-> :* ( ) \\", "")]
    [InlineData("' & | ! <-> :* ( ) \\ \"", "")] // no word, so nothing holds it
    [InlineData("\"", "")]
    [InlineData("\U0001F600", "")]
    [InlineData("\U0001F600 engineer 2", "2")]
    [InlineData("\U00020BB7", "")] // a letter, of two code units
    [InlineData("  ", "3 2 1")]
    [InlineData("", "3 2 1")]
    [InlineData("nothing", "")]
    public void Words_find_what_holds_all_of_them(string words, string numbers)
    {
        Save(Job(1) with { DescriptionText = "Kubernetes and Redis" });
        Save(Job(2) with { DescriptionText = "A sea-going job" });
        Save(Job(3) with { Locations = ["Köln"], DescriptionText = "Node.js, 50% on call" });

        Assert.Equal(numbers, string.Join(' ', Titles(new PostingQuery { Text = words }).Select(title => title[^1]).OrderDescending()));
    }

    [Fact]
    public void A_word_in_the_title_counts_more_than_one_in_the_text()
    {
        Save(Job(1) with { Title = "Cook", DescriptionText = "You talk to the nurse." });
        Save(Job(2) with { Title = "Nurse", DescriptionText = "You talk to the cook." });

        Assert.Equal(["Nurse", "Cook"], Titles(new PostingQuery { Text = "nurse" }));
    }

    [Fact]
    public void A_changed_posting_is_found_by_its_new_words_alone()
    {
        Save(Job(1) with { DescriptionText = "before" });
        Save(Job(1) with { DescriptionText = "after" });

        Assert.Empty(Titles(new PostingQuery { Text = "before" }));
        Assert.Single(Titles(new PostingQuery { Text = "after" }));
    }

    [Fact]
    public void Each_filter_keeps_what_it_says()
    {
        Save(Job(1) with
        {
            Company = "Acme",
            Remote = true,
            Language = "en",
            Locations = ["Berlin, DE"],
            EmploymentTypes = [EmploymentType.PartTime],
            PostedOn = new DateOnly(2026, 11, 2),
            Enrichment = new PostingEnrichment("rules", ["C#"], Seniority.Senior, null, null, null),
        });
        Save(Job(2) with
        {
            Company = "Other",
            Remote = false,
            Language = "de",
            Locations = ["Paris"],
            EmploymentTypes = [EmploymentType.FullTime],
            PostedOn = new DateOnly(2026, 11, 1),
            Enrichment = new PostingEnrichment("rules", ["Go"], Seniority.Junior, null, null, null),
        });
        Save(Job(3) with { Company = "Third" });

        foreach (var filter in new PostingQuery[]
        {
            new() { Company = "ACME" }, new() { Remote = true }, new() { Language = "en" }, new() { Location = "BERLIN" }, new() { Type = EmploymentType.PartTime },
            new() { PostedSince = new DateOnly(2026, 11, 2) }, new() { Skill = "c#" }, new() { Seniority = Seniority.Senior }, new() { Text = "engineer", Company = "acme", Remote = true, Skill = "C#" },
        })
            Assert.Equal(["Engineer 1"], Titles(filter));
        Assert.Equal(["Engineer 2"], Titles(new PostingQuery { Remote = false }));
        Assert.Equal(3, Titles(new PostingQuery { Open = true }).Count);
        Assert.Empty(Titles(new PostingQuery { Open = false }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("engineer")]
    public void Pages_follow_one_another_without_gap_or_repetition(string? words)
    {
        // several of one rank
        for (var number = 0; number < 23; number++)
            Save(Job(number) with { DescriptionText = number % 3 == 0 ? "engineer engineer" : "work" });
        var whole = Ids(new PostingQuery { Text = words, Limit = 100 });

        var read = new List<long>();
        PostingCursor? after = null;
        do
        {
            var page = database.Search(new PostingQuery { Text = words, Limit = 5, After = after });
            read.AddRange(page.Items.Select(item => item.Id));
            // as it goes through an address
            after = page.Next is { } next && PostingCursor.TryParse(next.ToString(), out var cursor) ? cursor : null;
            Assert.True(read.Count <= 25);
        }
        while (after is not null);

        Assert.Equal(23, whole.Count);
        Assert.Equal(whole, read);
    }

    [Fact]
    public void What_a_whole_crawl_did_not_see_is_closed_and_opens_when_it_is_back()
    {
        Save(Job(1));
        Save(Job(2));
        Save(Job(2), later: 1);

        Assert.Equal(0, CloseGone(isWhole: false, later: 1));
        Assert.Equal(1, CloseGone(isWhole: true, later: 1));
        Assert.Equal(["Engineer 1"], Titles(new PostingQuery { Open = false }));
        Save(Job(1), later: 2);

        Assert.Empty(Titles(new PostingQuery { Open = false }));
    }

    [Fact]
    public void A_page_that_is_gone_closes_its_posting_and_one_that_failed_keeps_it()
    {
        Save(Job(1));
        Save(Job(2));
        database.Write(connection =>
        {
            RunTable.Begin(connection, "run", Now);
            RunFailureTable.Save(connection, new RunPage("run", Company, Job(1).CanonicalUrl, 1), new FetchResult.Permanent("HttpError", "HTTP 410"));
            RunFailureTable.Save(connection, new RunPage("run", Company, Job(2).CanonicalUrl, 2), new FetchResult.Permanent("Robots", "forbidden"));
        });

        Assert.Equal(1, CloseGone(isWhole: true, later: 1));
        Assert.Equal(["Engineer 1"], Titles(new PostingQuery { Open = false }));
    }

    [Fact]
    public void Pages_of_a_run_are_kept_until_it_goes_and_the_newest_after_that()
    {
        var pages = Enumerable.Range(0, 3).Select(number => new RunPage("run", Company, new Uri($"https://acme.example/{number}"), number)).ToList();
        database.Write(connection =>
        {
            RunTable.Begin(connection, "run", Now);
            RunTable.Begin(connection, "run", Now);
            foreach (var page in pages)
            {
                PageTable.Save(connection, page.Url, new FetchedPage(page.Url, $"text {page.Position} ü", new PageValidators("\"e\"", Now)), Now.AddSeconds(page.Position));
                PageTable.Attach(connection, page);
                PageTable.Attach(connection, page with { Position = 9 - page.Position });
            }

            PageTable.Attach(connection, new RunPage("run", Company, new Uri("https://acme.example/sitemap.xml"), 0, PageKind.Sitemap));
        });

        Assert.Equal([2, 1, 0], database.Read(connection => PageTable.UrlsOf(connection, "run", Company)).Select(url => int.Parse(url.Segments[^1], System.Globalization.CultureInfo.InvariantCulture)));
        var stored = database.Read(connection => PageTable.Find(connection, pages[1].Url))!;
        Assert.Equal(("text 1 ü", "\"e\"", Now), (stored.Text, stored.Validators.ETag, stored.Validators.LastModified));
        Assert.True(database.Read(connection => PageTable.IsNewerThan(connection, pages[1].Url, Now)));
        Assert.False(database.Read(connection => PageTable.IsNewerThan(connection, pages[1].Url, Now.AddSeconds(1))));
        Assert.Equal(0, database.Write(connection => PageTable.Prune(connection, 1)));
        database.Write(connection => RunTable.Delete(connection, "run"));
        Assert.Empty(database.Read(connection => PageTable.UrlsOf(connection, "run", Company)));
        Assert.Equal(2, database.Write(connection => PageTable.Prune(connection, 1)));
        Assert.NotNull(database.Read(connection => PageTable.Find(connection, pages[2].Url)));
    }

    [Fact]
    public void Drafts_and_receipts_belong_to_their_run()
    {
        database.Write(connection =>
        {
            RunTable.Begin(connection, "run", Now);
            DraftTable.Replace(connection, "run", Company, [Job(1), Job(2)]);
            DraftTable.Replace(connection, "run", Company, [Job(3), Job(4)]);
            DraftTable.Save(connection, "run", Company, 1, Job(5));
            ReceiptTable.Save(connection, "run", Company, new StoreReceipt(2, 1, 0));
        });

        Assert.Equal(["Engineer 3", "Engineer 5"], database.Read(connection => DraftTable.Of(connection, "run", Company)).Select(draft => draft.Posting.Title));
        Assert.Equal(new StoreReceipt(2, 1, 0), database.Read(connection => ReceiptTable.Find(connection, "run", Company)));
        Assert.Equal(0, database.Write(connection => RunTable.Prune(connection, Now.AddDays(29))));
        Assert.Equal(1, database.Write(connection => RunTable.Prune(connection, Now.AddDays(31))));
        Assert.Empty(database.Read(connection => DraftTable.Of(connection, "run", Company)));
        Assert.Null(database.Read(connection => ReceiptTable.Find(connection, "run", Company)));
    }

    [Fact]
    public void Answers_of_models_are_kept_as_long_as_they_are_used()
    {
        for (var number = 0; number < 3; number++)
            database.Write(connection => EnrichmentTable.Save(connection, $"key {number}", new PostingEnrichment($"{number}", [], null, null, null, null), keep: 2, Now.AddSeconds(number)));

        Assert.Null(database.Write(connection => EnrichmentTable.Use(connection, "key 0", Now)));
        Assert.Equal("1", database.Write(connection => EnrichmentTable.Use(connection, "key 1", Now.AddSeconds(9)))!.By);
        database.Write(connection => EnrichmentTable.Save(connection, "key 3", new PostingEnrichment("3", [], null, null, null, null), keep: 2, Now.AddSeconds(10)));
        Assert.Null(database.Write(connection => EnrichmentTable.Use(connection, "key 2", Now)));
    }

    [Fact]
    public async Task Several_processes_that_store_the_same_postings_store_each_once()
    {
        var writers = Enumerable.Range(0, 4).Select(_ => new ScrapingDatabase(Open())).ToList();

        var added = await Task.WhenAll(writers.Select(writer => Task.Run(() =>
            Enumerable.Range(0, 25).Count(number => writer.Write(connection => writer.Save(connection, Job(number), Company, Now))))));

        Assert.Equal(25, added.Sum());
        Assert.Equal(25, Ids(new PostingQuery { Limit = 100 }).Count);
    }

    [Fact]
    public void A_change_that_fails_leaves_nothing()
    {
        Assert.Throws<InvalidOperationException>(() => database.Write<bool>(connection =>
        {
            database.Save(connection, Job(1), Company, Now);
            throw new InvalidOperationException();
        }));

        Assert.Empty(Titles(new PostingQuery()));
        Assert.True(Save(Job(1)));
    }

    [Fact]
    public void Text_that_no_database_takes_is_stored_without_it()
    {
        Save(Job(1) with { Title = "Nul\0 and half \uD83D of a pair", DescriptionText = "a\0b \uDE00 \uD83D\uDE00 end" });

        Assert.Single(Titles(new PostingQuery { Text = "half pair end" }));
    }

    private bool Save(Posting posting, int later = 0) => database.Write(connection => database.Save(connection, posting, Company, Now.AddHours(later)));

    private int CloseGone(bool isWhole, int later) => database.Write(connection => PostingTable.CloseGone(connection, "run", Company, isWhole, Now.AddHours(later)));

    private List<string> Titles(PostingQuery query) => [.. database.Search(query).Items.Select(item => item.Posting.Title)];

    private List<long> Ids(PostingQuery query) => [.. database.Search(query).Items.Select(item => item.Id)];

    private static Posting Job(int number) => new()
    {
        Title = $"Engineer {number}",
        Company = "Acme",
        DescriptionText = $"Work number {number}",
        SourceUrl = new Uri($"https://acme.example/jobs/{number}"),
        CanonicalUrl = new Uri($"https://acme.example/jobs/{number}"),
        ExtractedBy = ExtractionMethod.JsonLd,
    };
}
