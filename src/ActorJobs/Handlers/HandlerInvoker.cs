using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace ActorJobs;

/// <summary>From raw arguments to a raw result, by way of a handler made for this attempt.</summary>
internal static class HandlerInvoker<TArgs, TResult, THandler>
    where THandler : class, IJobHandler<TArgs, TResult>
{
    // a handler that asks for nothing needs no service scope, which the context makes when its services are first touched
    private static readonly Func<JobContext, THandler> Create = typeof(THandler).GetConstructors() is [{ } only] && only.GetParameters().Length == 0
        ? CreateWith(Expression.Lambda<Func<THandler>>(Expression.New(only)).Compile())
        : CreateWith(ActivatorUtilities.CreateFactory<THandler>([]));

    private static readonly bool MayBeNull = typeof(TArgs) == typeof(object) || Nullable.GetUnderlyingType(typeof(TArgs)) is not null;

    public static async ValueTask<JobOutcome> RunAsync(RawJson raw, JobContext context)
    {
        TArgs? args;
        try
        {
            args = raw.Deserialize<TArgs>();
        }
        catch (JsonException exception)
        {
            return Invalid(exception.Message);
        }

        // a handler that can do without arguments takes a nullable value, JSON as it is, or object
        if (args is null && !MayBeNull)
            return Invalid($"{context.Kind} needs arguments, and the job has none.");
        var handler = Create(context);
        var outcome = await handler.RunAsync(args!, context).ConfigureAwait(false);
        return outcome.Other ?? new JobOutcome.Completion(outcome.Result is null ? RawJson.Null : RawJson.Of(outcome.Result));
    }

    // no retry mends arguments that do not fit
    private static JobOutcome.Discard Invalid(string why) => new(new JobError("InvalidArguments", why, null));

    private static Func<JobContext, THandler> CreateWith(Func<THandler> create) => _ => create();

    private static Func<JobContext, THandler> CreateWith(ObjectFactory<THandler> create) => context => create(context.Services, []);
}
