using System.Collections.Frozen;
using ActorJobs.Jobs;
using ActorJobs.Workflows;

namespace ActorJobs.Tests.Workflows;

/// <summary>Graphs for tests.</summary>
internal static class WorkflowSamples
{
    private static readonly JobRequestReader Requests = new(
        new[] { new JobKind("work", new KindOptions(), (_, _) => default) }.ToFrozenDictionary(kind => kind.Name));

    public static WorkflowReader Reader { get; } = new(Requests);

    public static JobRequest Work(object? args = null) => new() { Kind = "work", Args = args is null ? RawJson.Null : RawJson.Of(args) };

    public static WorkflowJob Node(string key, params WorkflowEdge[] after) => new() { Key = key, Job = Work(), After = after };

    public static WorkflowDefinition Define(params WorkflowJob[] nodes) => Read(nodes).Definition ?? throw new ArgumentException(Read(nodes).Problem!.Detail);

    public static (WorkflowDefinition? Definition, JobProblem? Problem) Read(params WorkflowJob[] nodes) =>
        Reader.Read(new WorkflowRequest { Jobs = nodes }, "w");
}
