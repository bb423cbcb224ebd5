using ActorJobs.Server;

try
{
    return args switch
    {
        ["--help" or "-h" or "help", ..] => Usage.Print(),
        ["--version"] => Usage.PrintVersion(),
        ["demo", .. var rest] => await DemoCommand.RunAsync(rest),
        ["config", .. var rest] => await ConfigCommand.RunAsync(rest),
        [var verb, ..] when !verb.StartsWith('-') => Usage.Refuse(verb),
        _ => await NodeCommand.RunAsync(args),
    };
}
catch (Exception exception) when (StartFailure.Of(exception) is { } failure)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return failure.ExitCode;
}
