using System.Diagnostics.CodeAnalysis;

namespace ActorJobs.AspNetCore.Pages.Jobs;

/// <summary>The query parameters of a list. A form sends empty ones for what was left empty.</summary>
internal readonly record struct JobListQuery(string? State, string? Queue, string? Kind, string? Tag, string? Tenant, string? Signature, string? Cursor)
{
    public bool TryRead([NotNullWhen(true)] out JobListView? view, [NotNullWhen(false)] out ApiProblem? problem)
    {
        view = QueryRules.TryReadState(State, out var state, out problem)
            ? new JobListView(new JobFilter(state, Clean(Queue), Clean(Kind), Clean(Tag), Clean(Tenant)) { Signature = Clean(Signature) }, Clean(Cursor))
            : null;
        return view is not null;
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
