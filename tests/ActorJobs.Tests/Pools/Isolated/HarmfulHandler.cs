namespace ActorJobs.Tests.Pools.Isolated;

/// <summary>A handler that does the harm that a job asks for.</summary>
internal sealed class HarmfulHandler : IJobHandler<Harm, HarmResult>
{
    public const string Kind = "test.harm";

    private static readonly List<byte[]> Leaked = [];

    public async ValueTask<JobOutcome<HarmResult>> RunAsync(Harm args, JobContext context)
    {
        Console.WriteLine($"attempt {context.Attempt} does {args.What}"); // must not disturb the messages
        switch (args.What)
        {
            case "crash":
                Environment.FailFast("the handler asked for it");
                break;
            case "loop":
                context.ReportProgress(0.5, "looping");
                while (true)
                    Thread.SpinWait(1000);
            case "leak":
                while (true)
                {
                    Leaked.Add(GC.AllocateArray<byte>(8 << 20, pinned: true));
                    Array.Fill(Leaked[^1], (byte)1);
                }

            case "wait":
                context.ReportProgress(0.25, $"waiting in {Environment.ProcessId}");
                await Task.Delay(Timeout.Infinite, context.Cancellation);
                break;
            case "resume":
                if (!context.TryGetCheckpoint<int>(out var at))
                {
                    await context.SaveCheckpointAsync(7);
                    Environment.FailFast("after its checkpoint");
                }

                context.Log($"went on from {at}");
                break;
            case "family":
                var submitted = await context.SubmitChildrenAsync("kids", [Child("nothing"), Child("throw"), Child("nothing") with { Kind = "nobody" }], context.Cancellation);
                var ended = await context.WaitForAsync([.. submitted.OfType<SubmitResult.Accepted>().Select(child => child.Id)], context.Cancellation);
                context.Log($"{string.Join(", ", ended.Select(child => child.State))}, {Assert.IsType<SubmitResult.Invalid>(submitted[2]).Problem.Code}");
                break;
            case "inherit":
                var parent = Assert.Single(await context.GetParentsAsync(context.Cancellation));
                var added = await context.AddToWorkflowAsync([new WorkflowJob { Key = "more", Job = Child("nothing"), After = [parent.Key] }], context.Cancellation);
                context.Log($"{parent.Key} {parent.State} in {(parent.ResultAs<HarmResult>()!.Process > 0 ? "a process" : "none")}, {added.GetType().Name}");
                break;
            case "throw":
                throw new InvalidOperationException("it throws");
        }

        return new HarmResult(Environment.ProcessId);
    }

    private static JobRequest Child(string what) => JobRequest.Of(Kind, new Harm(what)) with { MaxAttempts = 1 };
}

/// <summary>What to do.</summary>
internal sealed record Harm(string What);

/// <summary>Which process did it.</summary>
internal sealed record HarmResult(int Process);
