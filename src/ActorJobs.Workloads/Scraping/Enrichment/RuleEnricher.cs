using ActorJobs.Workloads.Scraping.Parsing;

namespace ActorJobs.Workloads.Scraping.Enrichment;

/// <summary>Enriches by rules and a vocabulary: no model, no network, the same answer every time.</summary>
internal sealed class RuleEnricher(SkillVocabulary vocabulary) : IPostingEnricher
{
    public string Name => "rules";

    public ValueTask<PostingEnrichment> EnrichAsync(Posting posting, CancellationToken cancellationToken)
    {
        var text = posting.DescriptionText ?? "";
        return ValueTask.FromResult(new PostingEnrichment(
            Name,
            vocabulary.Find($"{posting.Title}\n{text}"),
            SeniorityRules.Of(posting.Title, text),
            posting.Salary ?? SalaryText.Parse(text),
            posting.Remote ?? RemoteIn(text),
            posting.Language ?? LanguageGuess.Of(text)));
    }

    private static bool? RemoteIn(string text)
    {
        if (RemoteText.Denies(text))
            return false;
        return RemoteText.Says(text) ? true : null;
    }
}
