namespace ActorJobs.AspNetCore;

/// <summary>Reads the optional body of <c>POST /jobs/actions/{id}/undo</c>.</summary>
internal static class UndoReader
{
    private enum Field
    {
        Reason, DryRun,
    }

    public static UndoBody Read(ref BodyReader reader)
    {
        var body = new UndoBody(null, false);
        var seen = 0u;
        while (reader.NextField(ref seen, out Field field))
            body = field == Field.Reason ? body with { Reason = reader.ReadText() } : body with { IsDryRun = reader.ReadBoolean() ?? false };
        return body;
    }
}

/// <summary>Why an action is taken back, and whether only to say what that would change.</summary>
internal sealed record UndoBody(string? Reason, bool IsDryRun);
