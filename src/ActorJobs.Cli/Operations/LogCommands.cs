using System.CommandLine;
using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>Writes lines of a node's log.</summary>
internal static class LogLines
{
    public static void Write(Screen screen, NodeLogLine line)
    {
        var text = $"{line.At.UtcDateTime:HH:mm:ss.fff} {Short(line.Level)} {SafeText.Line(line.Category)}: {SafeText.Line(line.Message)}";
        screen.Line(text, StateColors.Of(line.Level).Foreground);
        if (line.Exception is { } exception)
            screen.Line(SafeText.Block(exception));
    }

    private static string Short(string level) => level switch
    {
        "Trace" => "trc",
        "Debug" => "dbg",
        "Information" => "inf",
        "Warning" => "wrn",
        "Error" => "err",
        "Critical" => "crt",
        _ => SafeText.Line(level),
    };
}

/// <summary><c>log show</c>: the last lines.</summary>
internal static class LogShowCommand
{
    public static Command Create(CommandLineApp app, PaletteCommand item)
    {
        var (command, inputs) = ParameterInput.CommandOf(app, item);
        app.OnRun(command, async scope =>
        {
            var answer = await PaletteRequest.Of(item, inputs, scope).SendAsync(scope.Node, scope.Cancellation);
            if (scope.Screen.IsJson)
                scope.Screen.Show(answer, []);
            else
                foreach (var line in answer.Deserialize(ContractJson.Default.NodeLog)!.Items)
                    LogLines.Write(scope.Screen, line);
            return ExitCode.Ok;
        });
        return command;
    }
}

/// <summary><c>log tail</c>: new lines as they come, until Ctrl+C or <c>--lines</c>. A connection that ends is made again.</summary>
internal static class LogTailCommand
{
    private const int MaxFailures = 10;

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    public static Command Create(CommandLineApp app, PaletteCommand item)
    {
        var (command, inputs) = ParameterInput.CommandOf(app, item);
        var most = new Option<int?>("--lines") { Description = "Stop after so many lines", HelpName = "N" };
        command.Options.Add(most);
        app.OnRun(command, async scope =>
        {
            var request = PaletteRequest.Of(item, inputs, scope);
            var left = scope.Parse.GetValue(most) ?? int.MaxValue;
            for (var failures = 0; left > 0;)
            {
                try
                {
                    await foreach (var (name, data) in scope.Node.StreamAsync(request.Path, scope.Cancellation))
                    {
                        failures = 0;
                        if (name == "log")
                            left = Write(scope, data.Deserialize(ContractJson.Default.NodeLogBatch)!, left);
                        if (left == 0)
                            break;
                    }
                }
                catch (Exception exception) when (Failure.Of(exception, scope.Node.Address) is { Code: ExitCode.Unreachable or ExitCode.Busy } failure && ++failures < MaxFailures)
                {
                    scope.Screen.Note(SafeText.Line(failure.Message));
                }

                if (left > 0)
                    await Task.Delay(Again, scope.Host.Time, scope.Cancellation);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static int Write(Scope scope, NodeLogBatch batch, int left)
    {
        if (batch.Missed > 0)
            scope.Screen.Note($"({batch.Missed} lines came too fast and are left out)");
        foreach (var line in batch.Items.Take(left))
        {
            if (scope.Screen.IsJson)
                scope.Screen.WriteJson(JsonSerializer.SerializeToElement(line, ContractJson.Default.NodeLogLine));
            else
                LogLines.Write(scope.Screen, line);
        }

        return left - Math.Min(left, batch.Items.Count);
    }
}
