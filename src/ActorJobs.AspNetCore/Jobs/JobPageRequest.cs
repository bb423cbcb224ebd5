namespace ActorJobs.AspNetCore;

/// <summary>Which page of which jobs a caller asks for, as it stands in the query; what is empty is not asked for.</summary>
internal sealed record JobPageRequest(string? State, string? Queue, string? Kind, string? Tag, string? Tenant, string? Cursor, string? Limit)
{
    private const int MaxPage = 1000;

    public string? Signature { get; init; }

    /// <summary>The page, or why there is none: 400.</summary>
    /// <param name="queries">Where to ask.</param>
    /// <param name="otherwise">How many jobs a page has where the caller does not say.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<(JobPage? Page, ApiProblem? Problem)> ReadAsync(IJobQueries queries, int otherwise, CancellationToken cancellationToken)
    {
        if (!QueryRules.TryReadState(State, out var state, out var problem) || !QueryRules.TryReadLimit(Limit, otherwise, MaxPage, out var limit, out problem))
            return (null, problem);
        var filter = new JobFilter(state, OrNull(Queue), OrNull(Kind), OrNull(Tag), OrNull(Tenant)) { Signature = OrNull(Signature) };
        try
        {
            return (await queries.ListAsync(filter, OrNull(Cursor), limit, cancellationToken), null);
        }
        catch (FormatException)
        {
            return (null, Problems.InvalidCursor());
        }
    }

    private static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
