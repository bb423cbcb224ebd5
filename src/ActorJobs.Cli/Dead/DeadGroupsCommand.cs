using System.CommandLine;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary><c>dead groups</c>: dead letters by what their errors have in common, the largest group first.</summary>
internal static class DeadGroupsCommand
{
    private static readonly string[] Columns = ["group", "count", "kinds", "type", "message", "latest", "example"];

    public static Command Create(CommandLineApp app)
    {
        var command = new Command("groups", "Dead letters grouped by what their errors have in common");
        var letters = DeadLetters.AddTo(command);
        app.OnRun(command, async scope =>
        {
            var found = new List<(Job Job, ErrorSignature Signature)>();
            await foreach (var letter in letters.FindAsync(scope))
                found.Add(letter);
            scope.Screen.Show(JsonSerializer.SerializeToElement(Group(found), CliJson.Default.DeadGroupArray), Columns);
            return ExitCode.Ok;
        });
        return command;
    }

    public static DeadGroup[] Group(IEnumerable<(Job Job, ErrorSignature Signature)> letters) =>
    [
        .. letters.GroupBy(letter => letter.Signature, letter => letter.Job)
            .Select(same => new DeadGroup(
                same.Key.Id, same.Count(), [.. same.Select(job => job.Kind).Distinct().Order(StringComparer.Ordinal)], same.Key.Type, same.Key.Message,
                same.Max(job => job.FinishedAt)?.UtcDateTime, same.First().Id))
            .OrderByDescending(group => group.Count).ThenBy(group => group.Group, StringComparer.Ordinal),
    ];
}
