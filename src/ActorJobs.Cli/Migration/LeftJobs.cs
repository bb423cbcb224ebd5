using System.Text.Json;

namespace ActorJobs.Cli;

/// <summary>The jobs that stay in the other system: the first ones for the report, all of them in a file if one was given.</summary>
internal sealed class LeftJobs(TextWriter? file)
{
    private const int MaxKept = 1000;

    private readonly List<LeftJob> first = [];

    /// <summary>The first 1 000.</summary>
    public IReadOnlyList<LeftJob> First => first;

    public void Add(LeftJob job)
    {
        if (first.Count < MaxKept)
            first.Add(job);
        file?.WriteLine(JsonSerializer.Serialize(job, CliJson.Default.LeftJob));
    }
}
