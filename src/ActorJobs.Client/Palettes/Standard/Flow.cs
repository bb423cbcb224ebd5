using static ActorJobs.Client.PaletteParts;

namespace ActorJobs.Client;

/// <content>Workflows and schedules.</content>
public static partial class StandardPalettes
{
    private static PaletteParameter WorkflowId => InPath("id", "The workflow's id", "workflows?limit=50:id");

    private static PaletteParameter ScheduleId => InPath("id", "The schedule's id", "schedules?limit=200:id");

    private static Palette Workflow => new("workflow", "Graphs of jobs",
    [
        Post("submit", "workflows", "Start a workflow", Content("file", "The workflow as JSON, @file or -")),
        Get("list", "workflows", "Workflows, those under way first", InQuery("state", "Only those in this state"), Limit, Cursor)
            .Showing("id", "name", "state", "progress", "createdAt", "finishedAt", "reason"),
        Get("show", "workflows/{id}", "One workflow with its jobs", WorkflowId),
        Post("cancel", "workflows/{id}/cancel", "Stop a workflow and all its jobs", WorkflowId, InBody("reason", "Kept in the history"),
            InBody("compensate", "Run the compensations of what completed", "boolean")).Asking(),
        Post("retry", "workflows/{id}/retry", "Run the failed jobs again, and what waited for them", WorkflowId),
        Post("add", "workflows/{id}/jobs", "Add jobs to a workflow under way", WorkflowId, Content("file", "The jobs as JSON, @file or -")),
    ]);

    private static Palette Schedule => new("schedule", "Recurring jobs",
    [
        Get("list", "schedules", "All schedules", Limit, Cursor)
            .Showing("id", "cron", "every", "zone", "paused", "overlap", "misfire", "source", "fired", "missedFirings"),
        Get("show", "schedules/{id}", "One schedule", ScheduleId),
        Put("set", "schedules/{id}", "Create or change a schedule", ScheduleId, Content("file", "The schedule as JSON, @file or -")),
        Delete("delete", "schedules/{id}", "Delete a schedule", ScheduleId),
        Post("trigger", "schedules/{id}/trigger", "Fire once now", ScheduleId),
        Post("pause", "schedules/{id}/pause", "Fire no more until resumed", ScheduleId),
        Post("resume", "schedules/{id}/resume", "Fire again", ScheduleId),
        Post("backfill", "schedules/{id}/backfill", "Fire for a time that has passed", ScheduleId,
            InBody("from", "The first instant", "instant").Must(), InBody("to", "The last instant", "instant").Must(),
            InBody("perMinute", "How many a minute, 1 to 600", "integer"), InBody("reason", "Kept in the audit log")),
        Post("stop-backfill", "schedules/{id}/backfill/cancel", "End a backfill that is under way", ScheduleId, InBody("reason", "Kept in the audit log")),
    ]);
}
