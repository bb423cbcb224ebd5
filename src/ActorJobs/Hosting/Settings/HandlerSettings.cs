using ActorJobs.Pools.Remote;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ActorJobs.Hosting.Settings;

/// <summary>What a deployer sets about kinds, under <c>ActorJobs:Handlers:{kind}</c>. It wins over what code has set.</summary>
internal sealed class HandlerSettings(IConfiguration configuration, IEnumerable<JobKind> kinds) : IValidateOptions<ActorJobsOptions>
{
    private const string Section = ActorJobsOptions.Section + ":Handlers";

    /// <summary>Lays the section of a kind over its options.</summary>
    public static void Apply(IConfiguration configuration, string kind, KindOptions options) =>
        new SettingsBinder().Bind(configuration.GetSection($"{Section}:{kind}"), options);

    public ValidateOptionsResult Validate(string? name, ActorJobsOptions options)
    {
        var binder = new SettingsBinder();
        var problems = new List<string>();
        var known = kinds.ToDictionary(kind => kind.Name, StringComparer.OrdinalIgnoreCase);
        var remote = RemoteKinds.NamesIn(options).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var section in configuration.GetSection(Section).GetChildren())
        {
            if (!known.ContainsKey(section.Key) && !remote.Contains(section.Key))
                problems.Add($"{section.Path}: there is no kind '{section.Key}'.");
            binder.Bind(section, new KindOptions());
        }

        problems.AddRange(binder.Problems);
        problems.AddRange(known.Values.SelectMany(kind => SettingsRules.Check(kind.Options, $"{Section}:{kind.Name}")));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
