namespace ActorJobs.Workloads.Scraping.Enrichment;

/// <summary>Guesses a text's language by its most frequent small words. Silent when too few of them occur or two languages are close.</summary>
internal static class LanguageGuess
{
    private const int MinHits = 4;

    private static readonly (string Language, HashSet<string> Words)[] SmallWords =
    [
        ("en", ["the", "and", "you", "with", "for", "our", "will", "are", "this", "your", "we", "of", "to"]),
        ("de", ["und", "die", "der", "das", "mit", "wir", "sie", "für", "eine", "ein", "bei", "zu", "den", "ihre", "unser"]),
        ("fr", ["le", "la", "les", "et", "des", "vous", "nous", "une", "pour", "dans", "avec", "est", "du"]),
        ("es", ["el", "los", "las", "y", "una", "para", "con", "por", "que", "del", "nuestro", "en"]),
        ("nl", ["de", "het", "een", "van", "en", "voor", "met", "wij", "jij", "je", "ons", "op"]),
        ("it", ["il", "gli", "di", "che", "per", "con", "una", "della", "sono", "nel", "e"]),
        ("pl", ["i", "w", "na", "z", "do", "się", "oraz", "dla", "jest", "nie", "że"]),
    ];

    public static string? Of(string? text)
    {
        if (text is null)
            return null;
        var words = text.ToLowerInvariant().Split([' ', '\n', ',', '.', '-', '!', '?', ':', ';', '(', ')'], StringSplitOptions.RemoveEmptyEntries).Take(2_000).ToList();
        var ranked = SmallWords.Select(entry => (entry.Language, Hits: words.Count(entry.Words.Contains))).OrderByDescending(entry => entry.Hits).ToList();
        return ranked[0].Hits >= MinHits && ranked[0].Hits * 2 >= ranked[1].Hits * 3 ? ranked[0].Language : null;
    }
}
