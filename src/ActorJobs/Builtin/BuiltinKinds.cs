namespace ActorJobs.Builtin;

/// <summary>Registers the kinds that are always there.</summary>
internal static class BuiltinKinds
{
    public static ActorJobsBuilder AddBuiltinKinds(this ActorJobsBuilder builder) => builder
        .AddHandler<RawJson, EchoHandler>("builtin.echo")
        .AddHandler<SleepArgs, SleepHandler>("builtin.sleep")
        .AddHandler<FailArgs, FailHandler>("builtin.fail");
}
