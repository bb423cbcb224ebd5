using Microsoft.Extensions.Options;

namespace ActorJobs.Pools;

/// <summary>What settings of a pool do not go together.</summary>
internal sealed class PoolRules : IValidateOptions<ActorJobsOptions>
{
    public ValidateOptionsResult Validate(string? name, ActorJobsOptions options)
    {
        string[] problems = [.. options.Pools.SelectMany(pool => Check(pool.Value).Select(problem => $"{ActorJobsOptions.Section}:Pools:{pool.Key}: {problem}"))];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Check(PoolOptions pool)
    {
        if (pool is { Size: not null, Max: not null })
            yield return "either Size, or Min and Max.";
        if (pool is { Min: not null, Max: null })
            yield return "Min needs Max.";
        if (pool.Min > pool.Max)
            yield return "Min is more than Max.";
        if (pool is { Remote: true, Isolated: true })
            yield return "either Remote or Isolated.";
        if (pool.Remote && (pool.Size ?? pool.Max) is not null)
            yield return "a remote pool has as many slots as its workers ask for: no Size, Min or Max.";
        if (!pool.Remote && pool.Kinds.Count > 0)
            yield return "Kinds are for remote pools.";
        foreach (var kind in pool.Kinds.Where(kind => !JobKind.IsValidName(kind)))
            yield return $"'{kind}' is no name of a kind.";
    }
}
