namespace ActorJobs.Workloads.Scraping;

/// <summary>Adds to a posting what its page does not state in so many words.</summary>
public interface IPostingEnricher
{
    /// <summary>A short name kept with each result, for instance <c>rules</c> or a model's name.</summary>
    string Name { get; }

    /// <summary>
    /// Reads a posting. Throws when it cannot answer now: the step is retried. Runs in the pool <c>ai_enrich</c>.
    /// </summary>
    ValueTask<PostingEnrichment> EnrichAsync(Posting posting, CancellationToken cancellationToken);
}

/// <summary>What an enricher found out. Stated fields of the posting always win over these.</summary>
/// <param name="By">The enricher's name.</param>
/// <param name="Skills">Skills asked for, in the vocabulary's spelling.</param>
/// <param name="Seniority">How experienced the person should be.</param>
/// <param name="Salary">Pay found in the text.</param>
/// <param name="Remote">Whether the text offers or rules out remote work.</param>
/// <param name="Language">The language of the text, an ISO 639-1 code.</param>
public sealed record PostingEnrichment(
    string By, IReadOnlyList<string> Skills, Seniority? Seniority, Salary? Salary, bool? Remote, string? Language)
{
    /// <summary>What the answer cost; zero for rules and for answers kept from before.</summary>
    public TokenUsage Usage { get; init; } = TokenUsage.None;

    /// <summary>Whether the answer is one given before to the same text.</summary>
    public bool IsFromCache { get; init; }

    /// <summary>Why the enricher that was asked for was not used; null when it was.</summary>
    public string? Instead { get; init; }
}

/// <summary>The tokens a model took.</summary>
/// <param name="Prompt">Tokens read.</param>
/// <param name="Completion">Tokens written.</param>
public sealed record TokenUsage(int Prompt, int Completion)
{
    /// <summary>Nothing.</summary>
    public static TokenUsage None { get; } = new(0, 0);

    /// <summary>The sum of two.</summary>
    public static TokenUsage operator +(TokenUsage one, TokenUsage other) => Add(one, other);

    /// <summary>The sum of two.</summary>
    public static TokenUsage Add(TokenUsage one, TokenUsage other) => new(one.Prompt + other.Prompt, one.Completion + other.Completion);
}

/// <summary>How experienced a person should be.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<Seniority>))]
public enum Seniority
{
    /// <summary>Interns, apprentices, students.</summary>
    Intern,

    /// <summary>Beginners and graduates.</summary>
    Junior,

    /// <summary>Some years of experience.</summary>
    Mid,

    /// <summary>Many years of experience.</summary>
    Senior,

    /// <summary>Leads others in the craft: lead, staff, principal.</summary>
    Lead,

    /// <summary>Leads people or the company: head, director, chief.</summary>
    Executive,
}
