using ActorJobs.Hosting.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ActorJobs;

/// <summary>Binds options the way all of ActorJobs does.</summary>
public static class SettingsOptionsBuilderExtensions
{
    /// <summary>
    /// Has the start refuse keys under <c>ActorJobs</c> that nothing reads. For applications whose sections are all bound by <see cref="BindSettings"/>,
    /// or named here.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="readElsewhere">Keys and sections that are read otherwise, with the options that say which keys a section may have, or null for any.</param>
    public static IServiceCollection RefuseUnknownSettings(this IServiceCollection services, IReadOnlyDictionary<string, Type?> readElsewhere) =>
        services.AddSingleton<IValidateOptions<ActorJobsOptions>>(provider => new UnknownSettings(
            provider.GetRequiredService<IConfiguration>(), provider.GetServices<SettingsSection>(), readElsewhere));

    /// <summary>
    /// Binds options to a configuration section and checks them at the start: durations in every form (<c>PT6S</c>, <c>00:00:06</c>, <c>6 seconds</c>,
    /// a number of seconds), data annotations of nested options too, and all problems told at once, each with its key.
    /// </summary>
    /// <param name="options">The options.</param>
    /// <param name="section">The section, for instance <c>ActorJobs:Mail</c>.</param>
    public static OptionsBuilder<TOptions> BindSettings<TOptions>(this OptionsBuilder<TOptions> options, string section)
        where TOptions : class, new()
    {
        options.Services.AddSingleton(new SettingsSection(section, typeof(TOptions)));
        options.Services.AddSingleton<IConfigureOptions<TOptions>>(Source);
        options.Services.AddSingleton<IValidateOptions<TOptions>>(Source);
        return options.ValidateOnStart();

        SettingsSource<TOptions> Source(IServiceProvider provider) => new(provider.GetRequiredService<IConfiguration>(), section);
    }
}
