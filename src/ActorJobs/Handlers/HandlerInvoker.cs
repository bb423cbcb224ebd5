using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace ActorJobs;

/// <summary>From raw arguments to a raw result, by way of a handler made for this attempt.</summary>
internal static class HandlerInvoker<TArgs, TResult, THandler>
    where THandler : class, IJobHandler<TArgs, TResult>
{
    private static readonly ObjectFactory<THandler> Create = ActivatorUtilities.CreateFactory<THandler>([]);

    public static async ValueTask<JobOutcome> RunAsync(RawJson raw, JobContext context)
    {
        TArgs args;
        try
        {
            args = raw.Deserialize<TArgs>()!;
        }
        catch (JsonException exception)
        {
            // no retry mends arguments that do not fit
            return new JobOutcome.Discard(new JobError("InvalidArguments", exception.Message, null));
        }

        var handler = Create(context.Services, []);
        var outcome = await handler.RunAsync(args, context).ConfigureAwait(false);
        return outcome.Other ?? new JobOutcome.Completion(outcome.Result is null ? RawJson.Null : RawJson.Of(outcome.Result));
    }
}
