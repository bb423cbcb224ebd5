using ActorJobs.Jobs;
using Microsoft.Extensions.Options;

namespace ActorJobs.Schedules;

/// <summary>Checks configured schedules when the node starts, all of them, each problem with its key.</summary>
internal sealed class ScheduleOptionsCheck(IEnumerable<JobKind> kinds, TimeProvider time) : IValidateOptions<ScheduleOptions>
{
    public ValidateOptionsResult Validate(string? name, ScheduleOptions options)
    {
        var reader = new ScheduleReader(JobRequestReader.Of(kinds));
        string[] problems = [.. options.Schedules.Select(item => ProblemOf(item.Key, item.Value, reader)).OfType<string>()];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private string? ProblemOf(string id, ScheduleSettings settings, ScheduleReader reader)
    {
        var path = $"{ActorJobsOptions.Section}:Schedules:{id}";
        if (!ScheduleIds.IsValid(id))
            return $"{path}: '{id}' cannot be the name of a schedule; allowed: {ScheduleIds.AllowedText}.";
        return reader.Read(settings.ToRequest(), time.GetUtcNow()).Problem is { } problem && problem.Code != ScheduleReader.NeverFires
            ? $"{path}:{problem.Field?.Replace('.', ':')}: {problem.Detail}"
            : null;
    }
}
