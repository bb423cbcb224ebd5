using ActorJobs.Hosting.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ActorJobs;

/// <summary>Binds options the way all of ActorJobs does.</summary>
public static class SettingsOptionsBuilderExtensions
{
    /// <summary>
    /// Binds options to a configuration section and checks them at the start: durations in every form (<c>PT6S</c>, <c>00:00:06</c>, <c>6 seconds</c>,
    /// a number of seconds), data annotations of nested options too, and all problems told at once, each with its key.
    /// </summary>
    /// <param name="options">The options.</param>
    /// <param name="section">The section, for instance <c>ActorJobs:Mail</c>.</param>
    public static OptionsBuilder<TOptions> BindSettings<TOptions>(this OptionsBuilder<TOptions> options, string section)
        where TOptions : class, new()
    {
        options.Services.AddSingleton<IConfigureOptions<TOptions>>(Source);
        options.Services.AddSingleton<IValidateOptions<TOptions>>(Source);
        return options.ValidateOnStart();

        SettingsSource<TOptions> Source(IServiceProvider provider) => new(provider.GetRequiredService<IConfiguration>(), section);
    }
}
