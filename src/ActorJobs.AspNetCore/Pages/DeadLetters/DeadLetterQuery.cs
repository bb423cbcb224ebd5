namespace ActorJobs.AspNetCore.Pages.DeadLetters;

/// <summary>Which dead letters a page is about. A form sends empty parameters for what was left empty.</summary>
public readonly record struct DeadLetterQuery(string? Queue, string? Kind, string? Tenant)
{
    /// <summary>Whether anything must match.</summary>
    public bool IsFiltered => Clean(Queue) is not null || Clean(Kind) is not null || Clean(Tenant) is not null;

    /// <summary>The dead letters of a group, or of all.</summary>
    public JobFilter Filter(string? signature = null) =>
        new(JobStatus.Discarded, Clean(Queue), Clean(Kind), Tenant: Clean(Tenant)) { Signature = signature };

    /// <summary>The query of an address; empty, or beginning with a question mark.</summary>
    public override string ToString()
    {
        var query = new QueryString();
        foreach (var (name, value) in new[] { ("queue", Clean(Queue)), ("kind", Clean(Kind)), ("tenant", Clean(Tenant)) })
        {
            if (value is not null)
                query = query.Add(name, value);
        }

        return query.ToString();
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
