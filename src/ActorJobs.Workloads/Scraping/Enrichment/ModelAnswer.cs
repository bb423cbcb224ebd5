using System.Text.Json;
using ActorJobs.Workloads.Scraping.Boards;
using ActorJobs.Workloads.Scraping.Parsing;

namespace ActorJobs.Workloads.Scraping.Enrichment;

/// <summary>Reads a chat completion. Total: an answer that is not of the schema is null, since endpoints differ in how strictly they hold a model to it.</summary>
internal static class ModelAnswer
{
    private const int MaxSkills = 30;
    private const int MaxSkill = 60;

    /// <summary>The facts, and what they cost: an answer of no use is paid for, too.</summary>
    public static (PostingEnrichment? Enrichment, TokenUsage Usage) Read(string body, string by)
    {
        using var answer = Parse(body);
        if (answer is null)
            return (null, TokenUsage.None);
        var root = answer.RootElement;
        var usage = new TokenUsage(Tokens(root, "prompt_tokens"), Tokens(root, "completion_tokens"));
        var content = root.Members("choices").FirstOrDefault().At("message").Text("content");
        using var facts = content is null ? null : Parse(Unfenced(content));
        return (facts is null ? null : Facts(facts.RootElement, by, usage), usage);
    }

    private static JsonDocument? Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int Tokens(JsonElement answer, string name) => answer.Number("usage", name) is >= 0 and < int.MaxValue and var count ? (int)count : 0;

    private static PostingEnrichment? Facts(JsonElement facts, string by, TokenUsage usage)
    {
        if (facts.ValueKind != JsonValueKind.Object || facts.At("skills").ValueKind != JsonValueKind.Array)
            return null;
        var skills = facts.Members("skills").Where(skill => skill.ValueKind == JsonValueKind.String)
            .Select(skill => CollapsedText.Of(skill.GetString()!).Trim()).Where(skill => skill.Length is > 0 and <= MaxSkill)
            .Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxSkills).ToList();
        return new PostingEnrichment(
            by, skills,
            Enum.TryParse<Seniority>(facts.Text("seniority"), ignoreCase: true, out var seniority) && Enum.IsDefined(seniority) ? seniority : null,
            Pay(facts.At("salary")), facts.Flag("remote"),
            facts.Text("language")?.ToLowerInvariant() is { Length: 2 } code && code.All(char.IsAsciiLetterLower) ? code : null)
        { Usage = usage };
    }

    private static Salary? Pay(JsonElement salary)
    {
        var (min, max) = (Positive(salary.Number("min")), Positive(salary.Number("max")));
        if (min is null && max is null)
            return null;
        return new Salary(
            min, max, salary.Text("currency") is { } currency ? SalaryText.Currency(currency) : null,
            salary.Text("period") is { } period ? SalaryText.Period(period) : null);
    }

    private static decimal? Positive(decimal? amount) => amount is > 0 and < 1_000_000_000 ? amount : null;

    // models that are not held to a schema wrap JSON as for people
    private static string Unfenced(string content)
    {
        var (start, end) = (content.IndexOf('{', StringComparison.Ordinal), content.LastIndexOf('}'));
        return start >= 0 && end > start ? content[start..(end + 1)] : content;
    }
}
