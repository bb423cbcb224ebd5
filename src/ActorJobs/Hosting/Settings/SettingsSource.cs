using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ActorJobs.Hosting.Settings;

/// <summary>Fills options from their section, and lists all that is wrong with them.</summary>
internal sealed class SettingsSource<TOptions>(IConfiguration configuration, string section) : IConfigureOptions<TOptions>, IValidateOptions<TOptions>
    where TOptions : class, new()
{
    public void Configure(TOptions options) => new SettingsBinder().Bind(configuration.GetSection(section), options);

    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        // read once more to hear what could not be read; the options themselves hold the rest
        var binder = new SettingsBinder();
        binder.Bind(configuration.GetSection(section), new TOptions());
        string[] problems = [.. binder.Problems, .. SettingsRules.Check(options, section)];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
