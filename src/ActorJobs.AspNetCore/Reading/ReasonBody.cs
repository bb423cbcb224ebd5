namespace ActorJobs.AspNetCore;

/// <summary>The optional body of an operator's action: <c>{"reason": "..."}</c>, for the audit log.</summary>
internal static class ReasonBody
{
    private enum Field
    {
        Reason,
    }

    /// <summary>Reads it and notes the reason, or says what is wrong with it.</summary>
    public static async ValueTask<(string? Reason, ApiProblem? Problem)> ReadAsync(HttpContext context)
    {
        var (body, problem) = await BodyParser.ReadOptionalAsync(context, Read, new Given(null));
        AuditNote.Add(context, reason: body?.Reason);
        return (body?.Reason, problem);
    }

    private static Given Read(ref BodyReader reader)
    {
        string? reason = null;
        var seen = 0u;
        while (reader.NextField(ref seen, out Field _))
            reason = reader.ReadText();
        return new Given(reason);
    }

    private sealed record Given(string? Reason);
}
