using System.Linq.Expressions;
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

    public static async ValueTask<JobOutcome> RunAsync(RawJson raw, JobContext context)
    {
        var args = HandlerArguments.Read<TArgs>(raw, out var problem);
        // no retry mends arguments that do not fit
        if (problem is not null)
            return new JobOutcome.Discard(new JobError("InvalidArguments", problem.Detail, null));
        var handler = Create(context);
        var outcome = await handler.RunAsync(args!, context).ConfigureAwait(false);
        return outcome.Other ?? new JobOutcome.Completion(outcome.Result is null ? RawJson.Null : RawJson.Of(outcome.Result));
    }

    private static Func<JobContext, THandler> CreateWith(Func<THandler> create) => _ => create();

    private static Func<JobContext, THandler> CreateWith(ObjectFactory<THandler> create) => context => create(context.Services, []);
}
