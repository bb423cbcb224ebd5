using ActorJobs.Workloads.Scraping;
using ActorJobs.Workloads.Scraping.Postings;

namespace ActorJobs.Workloads.Tests.Scraping.Parsing;

public sealed class PostingFingerprintTests
{
    private static readonly Posting Posting = new()
    {
        Title = "Röntgen-Assistenz",
        Company = "Borealis",
        Locations = ["Bodø", "Oslo"],
        DescriptionText = "Sie bedienen das CT.",
        SourceUrl = new Uri("https://h/1"),
        CanonicalUrl = new Uri("https://h/1"),
        ExtractedBy = ExtractionMethod.JsonLd,
    };

    public static TheoryData<string, Func<Posting, Posting>, bool> Changes => new()
    {
        { "address", posting => posting with { CanonicalUrl = new Uri("https://h/2") }, true },
        { "case and punctuation", posting => posting with { Title = "RÖNTGEN (assistenz)" }, true },
        { "order of places", posting => posting with { Locations = ["Oslo", "Bodø"] }, true },
        { "white space", posting => posting with { DescriptionText = " Sie  bedienen\ndas CT " }, true },
        { "salary", posting => posting with { Salary = new Salary(1, 2, "EUR", null) }, true },
        { "title", posting => posting with { Title = "Radiologie" }, false },
        { "company", posting => posting with { Company = "Australis" }, false },
        { "place", posting => posting with { Locations = ["Oslo"] }, false },
        { "words", posting => posting with { DescriptionText = "Sie bedienen das MRT." }, false },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void The_same_posting_is_recognised(string what, Func<Posting, Posting> change, bool same) =>
        Assert.True(same == (PostingFingerprint.Of(Posting) == PostingFingerprint.Of(change(Posting))), what);
}
