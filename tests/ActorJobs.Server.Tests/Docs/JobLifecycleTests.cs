using System.Text.RegularExpressions;

namespace ActorJobs.Server.Tests.Docs;

/// <summary>The diagram and the decider use the same words.</summary>
public sealed partial class JobLifecycleTests
{
    private static readonly string[] Statuses = Enum.GetNames<JobStatus>();

    private readonly string diagram = Diagram().Match(Repository.Read("docs", "job-lifecycle.md")).Groups["body"].Value;

    [Fact]
    public void Every_status_is_in_the_diagram_and_no_other_word() =>
        Assert.Equal(Statuses.Order(), Edges().SelectMany(edge => (string[])[edge.From, edge.To]).Where(word => word != "[*]").Distinct().Order());

    [Fact]
    public void Every_terminal_status_is_left_only_by_a_retry_or_a_dismissal() =>
        Assert.All(
            Edges().Where(edge => Enum.TryParse<JobStatus>(edge.From, out var from) && from.IsTerminal() && edge.To != "[*]"),
            edge => Assert.Contains(
                (edge.To, edge.Label), ((string, string)[])[("Available", "retry"), ("Scheduled", "retry at a rate"), ("Cancelled", "dismiss")]));

    private IEnumerable<(string From, string To, string Label)> Edges() =>
        Edge().Matches(diagram).Select(match => (match.Groups["from"].Value, match.Groups["to"].Value, match.Groups["label"].Value.Trim()));

    [GeneratedRegex(@"```mermaid\nstateDiagram-v2\n(?<body>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Diagram();

    [GeneratedRegex(@"^\s*(?<from>\S+) --> (?<to>[^\s:]+)(?:: *(?<label>.*))?$", RegexOptions.Multiline)]
    private static partial Regex Edge();
}
