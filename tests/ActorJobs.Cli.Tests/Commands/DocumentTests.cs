using System.Reflection;
using ActorJobs.Client;

namespace ActorJobs.Cli.Tests.Commands;

/// <summary>The page on the command line says what there is.</summary>
public sealed class DocumentTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Root(), "docs", "cli.md"));

    [Fact]
    public void Every_command_of_every_palette_is_on_the_page()
    {
        foreach (var palette in StandardPalettes.All)
        {
            var row = Assert.Single(Page.Split('\n'), line => line.StartsWith('|') && line.Split('|')[1].Contains($"`{palette.Name}`", StringComparison.Ordinal));
            Assert.All(palette.Commands, command => Assert.Contains($"`{command.Name}`", row, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_exit_code_is_on_the_page()
    {
        var codes = typeof(ExitCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (int)field.GetRawConstantValue()!);

        Assert.All(codes, code => Assert.Single(Page.Split('\n'), line => line.StartsWith($"| {code} |", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_option_that_all_commands_have_is_on_the_page()
    {
        var options = new GlobalOptions().All.Select(option => option.Name);

        Assert.All(options, option => Assert.Contains(option, Page, StringComparison.Ordinal));
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ActorJobs.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"No ActorJobs.sln above {AppContext.BaseDirectory}.");
    }
}
