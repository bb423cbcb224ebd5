namespace ActorJobs.Simulation.Work;

/// <summary>Draws jobs of every kind and with every option.</summary>
internal static class JobDraft
{
    public static readonly string[] Queues = ["default", "mail"];

    /// <summary>A job that stands alone.</summary>
    public static JobRequest Draw(Random random, DateTimeOffset now, string id)
    {
        var unique = random.Next(4) == 0 ? DrawRule(random) : null;
        return Draw(random) with
        {
            Id = unique is null && random.Next(3) > 0 ? new JobId(id) : null,
            Unique = unique,
            RunAt = unique?.OnConflict == UniqueConflict.Debounce || random.Next(5) == 0 ? now.AddMilliseconds(random.Next(20_000)) : null,
            StartBy = random.Next(10) == 0 ? now.AddMilliseconds(random.Next(30_000)) : null,
        };
    }

    /// <summary>A job as part of something.</summary>
    public static JobRequest Draw(Random random) => DrawKind(random) with
    {
        Queue = Queues[random.Next(3) / 2],
        Priority = random.Next(10),
        MaxAttempts = random.Next(6) == 0 ? 1 : null,
        Timeout = random.Next(8) == 0 ? TimeSpan.FromMilliseconds(random.Next(100, 4000)) : null,
        Tags = random.Next(4) == 0 ? ["red"] : [],
        Tenant = random.Next(3) == 0 ? "acme" : null,
    };

    private static JobRequest DrawKind(Random random) => random.Next(10) switch
    {
        < 4 => JobRequest.Of(Handlers.Echo, 0),
        < 6 => JobRequest.Of(Handlers.Flaky, random.Next(4)),
        < 8 => JobRequest.Of(Handlers.Long, random.Next(10_000)),
        < 9 => JobRequest.Of(Handlers.Deaf, random.Next(6000)),
        _ => JobRequest.Of(Handlers.Parent, random.Next(4)),
    };

    private static UniqueRule DrawRule(Random random)
    {
        var scope = (UniqueScope)random.Next(3);
        return new($"key-{random.Next(3)}", scope, scope == UniqueScope.Period ? TimeSpan.FromSeconds(random.Next(1, 30)) : null, (UniqueConflict)random.Next(4));
    }
}
