using System.Text.Json;
using ActorJobs.Workloads.Scraping.Parsing;

namespace ActorJobs.Workloads.Scraping.Boards;

/// <summary>An applicant-tracking system whose boards can be read as JSON without an account.</summary>
internal interface IJobBoard
{
    /// <summary>The name in configuration.</summary>
    string Name { get; }

    /// <summary>The address of its public API.</summary>
    Uri Api { get; }

    /// <summary>The account whose board a public link leads to; null when it leads elsewhere.</summary>
    string? AccountOf(Uri link);

    /// <summary>The first page of an account's feed.</summary>
    Uri Feed(Uri api, string account);

    /// <summary>Reads one answer of the API. Total: what is not there is null.</summary>
    BoardPage Read(JsonElement answer, BoardSource source);
}

/// <summary>Where an answer came from.</summary>
/// <param name="Api">The address of the API it was asked of.</param>
/// <param name="Url">The address of the answer.</param>
/// <param name="Account">The account, as the address has it.</param>
internal sealed record BoardSource(Uri Api, Uri Url, string Account)
{
    /// <summary>A posting with this address of its own.</summary>
    public PostingDraft Draft(Uri? own) => new(new PageFacts(Url, own ?? Url, null), ExtractionMethod.Board) { CanonicalUrl = own };

    /// <summary>
    /// The account's name as a company's: <c>acme-labs</c> is <c>Acme Labs</c>. Feeds that do not tell the company leave no better source, so it is reported.
    /// </summary>
    public void NameCompany(PostingDraft draft)
    {
        draft.Company = string.Join(' ', Account.Split(['-', '_', '.'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        draft.Note("company", "taken from the board's address");
    }
}

/// <summary>What an answer holds.</summary>
/// <param name="Postings">Its postings.</param>
/// <param name="More">What else to ask for.</param>
internal sealed record BoardPage(IReadOnlyList<PostingDraft> Postings, IReadOnlyList<Uri> More);
