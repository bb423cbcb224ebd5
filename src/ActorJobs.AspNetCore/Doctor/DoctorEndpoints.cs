using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary>What the node finds when it checks itself.</summary>
internal static class DoctorEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void MapDoctor(this RouteGroupBuilder api) =>
        api.MapGet("/doctor", RunAsync).WithSummary("What the node finds when it checks itself").WithTags("operations")
            .RequireRole(AccessRole.Operator).Produces<CheckList>();

    private static async Task<IResult> RunAsync(IEnumerable<INodeCheck> checks, TimeProvider time, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(checks.Select(check => RunOneAsync(check, time, cancellationToken)));
        return TypedResults.Json(new CheckList([.. found.SelectMany(items => items)]), ContractJson.Default.CheckList);
    }

    private static async Task<IReadOnlyList<CheckItem>> RunOneAsync(INodeCheck check, TimeProvider time, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await check.RunAsync(both.Token).AsTask().WaitAsync(both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [Found.Failed(check.Name, $"No answer within {Patience.TotalSeconds:0} seconds.", "The node or its store is overloaded or stuck; look at its log.")];
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // checks come from modules too: one that breaks must not hide what the others find
            return [Found.Failed(check.Name, $"The check itself failed: {exception.Message}", "Look at the node's log.")];
        }
    }
}
