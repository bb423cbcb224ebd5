using System.CommandLine;

namespace ActorJobs.Cli;

/// <summary><c>--watch</c>: the answer again and again, until Ctrl+C or <c>--times</c>.</summary>
internal sealed class WatchOptions
{
    private const int MaxFailures = 10;

    private static readonly TimeSpan Default = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(200);

    private readonly Option<TimeSpan> interval = new("--watch", "-w")
    {
        Description = "Show it again every so often (default 2s) until Ctrl+C",
        HelpName = "TIME",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result =>
        {
            if (result.Tokens.Count == 0)
                return Default;
            if (Durations.TryParse(result.Tokens[0].Value, out var time) && time >= Shortest && time.TotalDays <= 1)
                return time;
            result.AddError($"'{result.Tokens[0].Value}' is no interval; write 2s or 500ms, at least 200ms.");
            return default;
        },
    };

    private readonly Option<int?> times = new("--times") { Description = "With --watch: stop after so many", HelpName = "N" };

    public static WatchOptions AddTo(Command command)
    {
        var options = new WatchOptions();
        command.Options.Add(options.interval);
        command.Options.Add(options.times);
        return options;
    }

    public bool IsOn(ParseResult parse) => parse.GetResult(interval) is not null;

    /// <summary>Shows again and again. A node that is away for a moment is waited for, a refusal ends it.</summary>
    public async Task<int> RunAsync(Scope scope, Func<Task> show)
    {
        var wait = scope.Parse.GetValue(interval);
        var most = scope.Parse.GetValue(times) ?? int.MaxValue;
        var failures = 0;
        for (var shown = 0; shown < most; shown++)
        {
            if (shown > 0)
                await Task.Delay(wait, scope.Host.Time, scope.Cancellation);
            if (scope.Screen.IsLive)
                scope.Screen.Clear();
            try
            {
                await show();
                failures = 0;
            }
            catch (Exception exception) when (Failure.Of(exception, scope.Node.Address) is { Code: ExitCode.Unreachable or ExitCode.Busy } failure && ++failures < MaxFailures)
            {
                scope.Screen.Note(SafeText.Line(failure.Message));
            }
        }

        return ExitCode.Ok;
    }
}
