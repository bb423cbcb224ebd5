using ActorJobs.AspNetCore;
using Microsoft.Extensions.Options;

namespace ActorJobs.Server;

/// <summary>Shows the settings with which a node would start, and what is wrong with them; starts nothing and opens no store.</summary>
internal static class ConfigCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = NodeApplication.Build(args);
        foreach (var setting in app.Services.GetRequiredService<SettingOrigins>().List())
            Console.WriteLine($"{setting.Key} = {setting.Value ?? "null"}  # {setting.Source}{(setting.Place is null ? "" : $" {setting.Place}")}");
        app.Services.GetService<IStartupValidator>()?.Validate(); // all that is wrong, in one exception
        return 0;
    }
}
