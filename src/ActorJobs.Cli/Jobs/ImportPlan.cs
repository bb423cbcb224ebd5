using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>What to import and how.</summary>
/// <param name="Run">Its name; a line without an id gets this, a hyphen and its number.</param>
/// <param name="Kind">Each line is arguments for this kind; null when each is a whole job.</param>
/// <param name="Skip">Lines to pass over at the beginning.</param>
/// <param name="Batch">Jobs in a request.</param>
/// <param name="Connections">Requests under way at once.</param>
/// <param name="Again">Whether jobs that had ended where they were exported run again.</param>
/// <param name="Shape">Puts options of the command line over each job.</param>
internal sealed record ImportPlan(string Run, string? Kind, long Skip, int Batch, int Connections, bool Again, Func<SubmitJob, SubmitJob> Shape)
{
    /// <summary>The job of a line. One with a unique key gets no id: the key says when it is the same.</summary>
    /// <param name="text">The line.</param>
    /// <param name="number">Its number in the file, from 1.</param>
    public SubmitJob JobOf(string text, long number)
    {
        JsonElement json;
        try
        {
            json = JsonElement.Parse(text);
        }
        catch (JsonException exception)
        {
            throw new UsageException($"no JSON: {exception.Message}");
        }

        if (Kind is null && !Again && Grid.At(json, "was.state") is { ValueKind: JsonValueKind.String } was && ExportCommand.IsEnded(was.GetString()!))
            throw new UsageException($"the job was {was.GetString()} where it was exported, and would run again here; say --again if it should");
        var job = Kind is null ? SubmitOptions.OfJson(json, "the line") : new SubmitJob { Kind = Kind, Args = json };
        job = Shape(job);
        return job is { Id: null, Unique: null } ? job with { Id = FormattableString.Invariant($"{Run}-{number}") } : job;
    }
}

/// <summary>What an import did.</summary>
/// <param name="Run">Its name, to repeat or resume it.</param>
/// <param name="Lines">Lines that held something.</param>
/// <param name="Accepted">Jobs that are stored, those that were there already too.</param>
/// <param name="Existing">How many of these were there already, and were left as they are.</param>
/// <param name="Refused">Lines that are no job or were refused.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="PerSecond">Accepted jobs a second.</param>
internal sealed record ImportReport(string Run, long Lines, long Accepted, long Existing, long Refused, double Seconds, double PerSecond);
