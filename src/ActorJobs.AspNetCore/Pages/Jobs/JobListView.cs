namespace ActorJobs.AspNetCore.Pages.Jobs;

/// <summary>Which jobs a list shows, and how that is written in an address.</summary>
/// <param name="Filter">What must match.</param>
/// <param name="Cursor">Where the list begins; null at the newest.</param>
public sealed record JobListView(JobFilter Filter, string? Cursor)
{
    /// <summary>Whether anything must match.</summary>
    public bool IsFiltered => Filter != new JobFilter();

    /// <summary>The address's query for this view from another cursor; empty, or beginning with a question mark.</summary>
    public string Query(string? cursor = null) => Write(("state", Filter.State?.ToString()), ("cursor", cursor));

    /// <summary>The same filter whatever the state, so that a state can be added.</summary>
    public string QueryWithoutState() => Write();

    private string Write(params ReadOnlySpan<(string Name, string? Value)> more)
    {
        var query = new QueryString();
        ReadOnlySpan<(string Name, string? Value)> filter =
            [("queue", Filter.Queue), ("kind", Filter.Kind), ("tag", Filter.Tag), ("tenant", Filter.Tenant), ("signature", Filter.Signature), .. more];
        foreach (var (name, value) in filter)
        {
            if (value is not null)
                query = query.Add(name, value);
        }

        return query.ToString();
    }
}
