using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary>Copies of the embedded store, made while the node runs.</summary>
internal static class BackupEndpoints
{
    public static void MapBackups(this RouteGroupBuilder api)
    {
        if (((IEndpointRouteBuilder)api).ServiceProvider.GetService<IStoreBackup>() is { } backup)
        {
            api.MapPost("/backups", (HttpContext context, TimeProvider time) => RunAsync(backup, context, time)).RequireRole(AccessRole.Admin)
                .Accepts<Reason>(isOptional: true, "application/json")
                .WithSummary("Copy the embedded store, while the node works, to a file on its machine").WithTags("operations")
                .Produces<BackupReceipt>().ProducesRefusals(400, 409).Audit("store.backup");
        }
    }

    private static async Task<IResult> RunAsync(IStoreBackup backup, HttpContext context, TimeProvider time)
    {
        var (_, problem) = await ReasonBody.ReadAsync(context);
        if (problem is not null)
            return problem;
        var begun = time.GetTimestamp();
        switch (await backup.RunAsync(context.RequestAborted))
        {
            case BackupResult.Written(var file, var bytes):
                AuditNote.Add(context, details: file);
                return TypedResults.Json(new BackupReceipt(file, bytes, time.GetElapsedTime(begun)), ContractJson.Default.BackupReceipt);
            case BackupResult.Refused(var code, var reason):
                return Problems.Conflict(code, reason);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
