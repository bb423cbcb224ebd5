using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ActorJobs.Hosting.Settings;

/// <summary>
/// Refuses keys right under <c>ActorJobs</c> that nothing reads: a slip of the pen in <c>store</c> would silently start on another store. What is within a
/// section, its closed options refuse.
/// </summary>
/// <param name="configuration">The configuration.</param>
/// <param name="sections">What options are read from.</param>
/// <param name="readElsewhere">Keys and sections that are read otherwise, with the keys that they may have, or null where that is not known here.</param>
internal sealed class UnknownSettings(
    IConfiguration configuration, IEnumerable<SettingsSection> sections, IReadOnlyDictionary<string, Type?> readElsewhere) : IValidateOptions<ActorJobsOptions>
{
    public ValidateOptionsResult Validate(string? name, ActorJobsOptions options)
    {
        var root = configuration.GetSection(ActorJobsOptions.Section);
        var problems = Unknown(root, [.. sections.SelectMany(NamesOf), .. readElsewhere.Keys]);
        foreach (var (key, within) in readElsewhere)
        {
            if (within is not null)
                problems = problems.Concat(Unknown(root.GetSection(key), [.. within.GetProperties().Select(property => property.Name)]));
        }

        string[] all = [.. problems];
        return all.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(all);
    }

    private static IEnumerable<string> NamesOf(SettingsSection section) => section.Path == ActorJobsOptions.Section
        ? section.Options.GetProperties().Select(property => property.Name)
        : [section.Path.Split(':')[1]];

    private static IEnumerable<string> Unknown(IConfigurationSection section, IReadOnlyList<string> known) => section.GetChildren()
        .Where(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
        .Select(child => $"{child.Path} is not known. Known here: {string.Join(", ", known.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal))}.");
}
