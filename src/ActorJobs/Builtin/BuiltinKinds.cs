using ActorJobs.Bulk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ActorJobs.Builtin;

/// <summary>Registers the kinds that are always there.</summary>
internal static class BuiltinKinds
{
    public static ActorJobsBuilder AddBuiltinKinds(this ActorJobsBuilder builder)
    {
        builder.Services.AddOptions<HttpJobOptions>().BindSettings(HttpJobOptions.Section);
        builder.Services.TryAddSingleton<HttpJobClient>();
        builder.Services.TryAddSingleton<HttpCallbacks>();
        return builder
            .AddHandler<RawJson, EchoHandler>("builtin.echo")
            .AddHandler<SleepArgs, SleepHandler>("builtin.sleep")
            .AddHandler<FailArgs, FailHandler>("builtin.fail")
            .AddHandler<HttpArgs, HttpHandler>("builtin.http")
            .AddHandler<BulkArgs, BulkHandler>(BulkHandler.Kind);
    }
}
