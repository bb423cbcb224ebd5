namespace ActorJobs.AspNetCore;

/// <summary>What the command line needs beside the work itself: what there is, actors, log, and the node's health.</summary>
internal static class OperationsEndpoints
{
    public static void MapOperations(this RouteGroupBuilder api)
    {
        api.MapPalettes();
        api.MapActors();
        api.MapLog();
        api.MapDiagnostics();
        api.MapDoctor();
        api.MapSettings();
        api.MapBackups();
    }
}
