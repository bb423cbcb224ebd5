using ActorJobs.Client;
using Microsoft.AspNetCore.Mvc;

namespace ActorJobs.AspNetCore;

/// <summary>Remote workers: they take jobs of a pool, and say what becomes of them. Any node answers, whichever holds the lease.</summary>
internal static class LeaseEndpoints
{
    public static void MapLeases(this RouteGroupBuilder api)
    {
        var pool = api.MapGroup("/pools/{name}").WithTags("remote workers");
        pool.MapPost("/lease", LeaseAsync).Accepts<LeaseJobs>(isOptional: true, "application/json").Produces<LeaseList>().ProducesRefusals(400, 404, 409, 503)
            .WithSummary("Wait for jobs of a remote pool and take them");
        pool.MapPost("/heartbeat", BeatAsync).Accepts<LeaseHeartbeat>("application/json").Produces<LeaseStateList>().ProducesRefusals(400)
            .WithSummary("Say that leased jobs are still worked on, and hear which are to stop");
        Map("/progress", LeaseReader.ReadProgress).Accepts<LeaseProgress>("application/json").WithSummary("Say how far an attempt is; counts as a heartbeat");
        Map("/complete", LeaseReader.ReadCompletion).Accepts<LeaseCompletion>("application/json").WithSummary("End an attempt with its result; durable once answered");
        Map("/fail", LeaseReader.ReadFailure).Accepts<LeaseFailure>("application/json").WithSummary("End an attempt with an error; durable once answered");

        RouteHandlerBuilder Map(string path, BodyShape<LeaseCall> shape) =>
            pool.MapPost(path, (HttpContext context, [FromServices] IRemoteWork work) => TellAsync(context, work, shape))
                .Produces<LeaseStanding>().ProducesRefusals(400, 409, 503);
    }

    /// <summary>Where endpoints that <c>builtin.http</c> has called say what becomes of the job. Whoever knows the address may: it was told to nobody else.</summary>
    public static void MapCallbacks(this RouteGroupBuilder api)
    {
        var callbacks = api.MapGroup("/callbacks/{token}").WithTags("remote workers");
        Map("/progress", LeaseReader.ReadProgress).Accepts<LeaseProgress>("application/json").WithSummary("Say how far a called endpoint is");
        Map("/complete", LeaseReader.ReadCompletion).Accepts<LeaseCompletion>("application/json").WithSummary("End a called endpoint's attempt with its result");
        Map("/fail", LeaseReader.ReadFailure).Accepts<LeaseFailure>("application/json").WithSummary("End a called endpoint's attempt with an error");

        RouteHandlerBuilder Map(string path, BodyShape<LeaseCall> shape) =>
            callbacks.MapPost(path, (string token, HttpContext context, [FromServices] IRemoteWork work) => TellAsync(context, work, shape, token))
                .AllowEverybody().Produces<LeaseStanding>().ProducesRefusals(400, 409, 503);
    }

    private static async Task<IResult> TellAsync(HttpContext context, IRemoteWork work, BodyShape<LeaseCall> shape, string? token = null)
    {
        var (call, problem) = await BodyParser.ReadAsync(context, shape);
        if (problem is not null)
            return problem;
        if (token is null && Missing(call!) is { } missing)
            return Problems.MissingField(missing);
        call = token is null ? call! : call! with { Token = token };
        var answer = await work.TellAsync(call, context.RequestAborted);
        return answer.State switch
        {
            LeaseState.Lost => Problems.Conflict("lease-lost", answer.Detail!),
            LeaseState.Unknown => Problems.Unavailable(answer.Detail!, TimeSpan.FromSeconds(1)),
            _ => JsonBody.Of((call.Job, answer), LeaseWriter.Write),
        };
    }

    private static string? Missing(LeaseCall call) => call.Token.Length == 0 ? "/token" : call.Job is null ? "/job" : call.Attempt is null ? "/attempt" : null;

    private static async Task<IResult> LeaseAsync(string name, HttpContext context, [FromServices] IRemoteWork work)
    {
        var (request, problem) = await BodyParser.ReadOptionalAsync(context, LeaseReader.ReadRequest, LeaseReader.Default);
        if (problem is not null)
            return problem;
        return await work.LeaseAsync(name, request!, context.RequestAborted) switch
        {
            LeaseResult.Leased(var jobs) => JsonBody.OfItems(jobs, LeaseWriter.WriteJob),
            LeaseResult.NoSuchPool => Problems.NotFound($"There is no pool '{name}'."),
            LeaseResult.NotRemote => Problems.Conflict("not-remote", $"The pool '{name}' runs its jobs itself: set ActorJobs:Pools:{name}:Remote for one that workers serve."),
            LeaseResult.Unavailable(var reason, var wait) => Problems.Unavailable(reason, wait),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static async Task<IResult> BeatAsync(HttpContext context, [FromServices] IRemoteWork work)
    {
        var (calls, problem) = await BodyParser.ReadAsync(context, LeaseReader.ReadHeartbeat);
        if (problem is not null)
            return problem;
        var answers = await Task.WhenAll(calls!.Select(call => work.TellAsync(call, context.RequestAborted).AsTask()));
        return JsonBody.OfItems([.. calls!.Zip(answers, (call, answer) => (call.Job, answer))], LeaseWriter.Write);
    }
}
