using static ActorJobs.Tests.Workflows.WorkflowSamples;

namespace ActorJobs.Tests.Workflows;

/// <summary>What a graph may not be, and that the refusal names the place.</summary>
public sealed class WorkflowReaderTests
{
    public static TheoryData<string, string, string, WorkflowJob[]> Wrong => new()
    {
        { "cycle", "jobs.0.after.0", "'a' waits for 'c'", [Node("a", "c"), Node("b", "a"), Node("c", "b")] },
        { "cycle", "jobs.1.after.0", "'b' waits for 'b'", [Node("a"), Node("b", "b")] },
        { "cycle", "jobs.2.after.1", "'c' waits for 'd'", [Node("a"), Node("b"), Node("c", "a", "d"), Node("d", "b", "c"), Node("e", "d")] },
        { "unknown-parent", "jobs.1.after.1", "'b' waits for 'x'", [Node("a"), Node("b", "a", "x")] },
        { "duplicate-edge", "jobs.1.after.1", "'b' waits for 'a' twice", [Node("a"), Node("b", "a", "a")] },
        { "duplicate-key", "jobs.1.key", "two jobs 'a'", [Node("a"), Node("a")] },
        { "invalid-field", "jobs.0.key", "64", [Node("a:b")] },
        { "invalid-field", "jobs.0.key", "64", [Node("~a")] },
        { "unknown-kind", "jobs.0.kind", "nobody", [new WorkflowJob { Key = "a", Job = new JobRequest { Kind = "nobody" } }] },
        { "unknown-kind", "jobs.0.compensation.kind", "nobody", [Node("a") with { Compensation = new JobRequest { Kind = "nobody" } }] },
        { "invalid-field", "jobs.0.id", "'id'", [Node("a") with { Job = Work() with { Id = new JobId("mine") } }] },
        { "contradiction", "jobs.0.workflow", "either", [new WorkflowJob { Key = "a" }] },
        { "unknown-parent", "jobs.0.workflow.jobs.0.after.0", "'y'", [Nest("n", Node("x", "y"))] },
        { "no-jobs", "jobs", "10000", [] },
        { "too-many-jobs", "jobs", "10001", [.. Enumerable.Range(0, 10_001).Select(number => Node($"n{number}"))] },
        { "too-many-jobs", "jobs", "10001", [Node("a"), Nest("n", [.. Enumerable.Range(0, 9_999).Select(number => Node($"n{number}"))])] },
        { "too-many-edges", "jobs", "50000", Layers(230) },
        { "too-large", "jobs", "bytes", [.. Enumerable.Range(0, 40).Select(number => Node($"n{number}") with { Job = Work(new string('x', 100_000)) })] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_graph_that_cannot_run_is_refused_by_its_place(string code, string field, string words, WorkflowJob[] nodes)
    {
        var (definition, problem) = Read(nodes);

        Assert.Null(definition);
        Assert.Equal((code, field), (problem!.Code, problem.Field));
        Assert.Contains(words, problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_share_what_they_have_in_common()
    {
        var definition = Define([.. Enumerable.Range(0, 100).Select(number => Node($"n{number}") with { Job = Work(number) })]);

        Assert.Single(definition.Templates);
        Assert.Equal("42", definition.SpecOf(definition.Nodes[42].Work!).Args.ToString());
    }

    [Fact]
    public void Workflows_nest_only_so_deep()
    {
        var node = Node("a");
        for (var depth = 0; depth < 8; depth++)
            node = Nest("n", node);

        Assert.Equal("too-deep", Read(node).Problem!.Code);
    }

    [Fact]
    public void Chain_group_and_chord_are_graphs()
    {
        var chain = Workflow.Chain(Work(1), Work(2), Work(3));
        var chord = Workflow.Chord([Work(1), Work(2)], Work(3));

        Assert.Equal(["1<-", "2<-1", "3<-2"], chain.Jobs.Select(Text));
        Assert.Equal(["1<-", "2<-", "join<-1,2"], chord.Jobs.Select(Text));
        Assert.Equal(["1<-", "2<-"], Workflow.Group(Work(1), Work(2)).Jobs.Select(Text));
    }

    private static string Text(WorkflowJob node) => $"{node.Key}<-{string.Join(',', node.After.Select(edge => edge.Key))}";

    private static WorkflowJob Nest(string key, params WorkflowJob[] nodes) => new() { Key = key, Workflow = new WorkflowRequest { Jobs = nodes } };

    private static WorkflowJob[] Layers(int width)
    {
        WorkflowEdge[] all = [.. Enumerable.Range(0, width).Select(number => new WorkflowEdge($"a{number}"))];
        return [.. Enumerable.Range(0, width).Select(number => Node($"a{number}")), .. Enumerable.Range(0, width).Select(number => Node($"b{number}", all))];
    }
}
