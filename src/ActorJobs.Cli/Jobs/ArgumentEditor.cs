using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ActorJobs.Cli;

/// <summary>Lets a person change a job's arguments in an editor.</summary>
internal static class ArgumentEditor
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The arguments as they were left; not usable JSON is a mistake of the person's.</summary>
    public static async Task<JsonElement> EditAsync(JsonElement? args, CliHost host, CancellationToken cancellationToken)
    {
        var editor = host.Environment("VISUAL") ?? host.Environment("EDITOR") ?? throw new UsageException("Which editor? Set VISUAL or EDITOR, or give --args.");
        // a folder of one's own: arguments may be confidential, and the temporary folder is everybody's
        var folder = Directory.CreateTempSubdirectory("actorjobs-edit-");
        try
        {
            var file = Path.Combine(folder.FullName, "args.json");
            await File.WriteAllTextAsync(file, JsonNode.Parse(args?.GetRawText() ?? "null")?.ToJsonString(Indented) ?? "null", cancellationToken);
            // EDITOR may have words of its own, as in `code --wait`
            var words = CommandWords.Split(editor);
            using var process = Process.Start(new ProcessStartInfo(words[0], [.. words.Skip(1), file]))!;
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? JsonInput.Read("@" + file, host, "the edited arguments")
                : throw new UsageException($"{words[0]} ended with {process.ExitCode}; nothing was changed.");
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new UsageException($"{editor} cannot be started: {exception.Message}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
