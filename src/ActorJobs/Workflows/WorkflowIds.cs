using ActorJobs.Actors.Entities;
using ActorJobs.Jobs;

namespace ActorJobs.Workflows;

/// <summary>How workflows and their nodes are named. A node's id is its workflow's, a colon and its key, so that each tells the other.</summary>
internal static class WorkflowIds
{
    public const int MaxId = 63;
    public const int MaxKey = 64;

    /// <summary>Begins the key of a compensation; no key of a caller's does.</summary>
    public const string Undo = "~";

    private static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>Whether a caller may use it as the id of a workflow.</summary>
    public static bool IsValidId(string? id) => id is { Length: > 0 and <= MaxId } && !id.AsSpan().ContainsAnyExcept(Allowed);

    public static bool IsValidKey(string? key) => key is { Length: > 0 and <= MaxKey } && !key.AsSpan().ContainsAnyExcept(Allowed);

    /// <summary>Whether there can be a workflow of that id, nested ones included.</summary>
    public static bool IsPossible(string? id) => JobId.IsValid(id);

    public static string New(TimeProvider time) => JobIds.New(time).Value;

    /// <summary>The id of a node's job or nested workflow.</summary>
    public static string NodeId(string workflow, string key) => $"{workflow}:{key}";

    /// <summary>The workflow and the key that a node's id tells, or null.</summary>
    public static (string Workflow, string Key)? Split(string id) =>
        id.LastIndexOf(':') is > 0 and var colon && colon < id.Length - 1 ? (id[..colon], id[(colon + 1)..]) : null;

    public static EntityKey Entity(string id) => new(WorkflowEntity.Kind, id);
}
