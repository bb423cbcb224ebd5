using System.Globalization;
using ActorJobs.Client;

namespace ActorJobs.Cluster.Tests.Commands;

/// <summary>Measures what jobs feel when a node leaves in order, and when one is killed, with the default lease of 6 seconds.</summary>
/// <param name="rounds">How many nodes leave or die, one after the other.</param>
internal sealed class ChangeRun(int rounds)
{
    private const string DefaultLease = "--ActorJobs:Cluster:Lease=PT6S";
    private const int RunningJobs = 48; // twice the slots of three nodes: each of them is busy when it dies

    /// <summary>From submit to completed of short jobs that come all the time through the nodes that stay, while another one leaves.</summary>
    public async Task<Spread> LeaveAsync(Action<string> tell)
    {
        await using var place = await ClusterPlace.PrepareAsync();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => place.StartNodeAsync(DefaultLease)));
        await place.UntilSharedAsync();
        var times = new List<TimeSpan>();
        for (var round = 0; round < rounds; round++)
        {
            var leaving = place.Nodes.First(node => node.TakesLoad);
            leaving.TakesLoad = false; // clients and load balancers look elsewhere, as with any node that is told to end
            ClusterNodeProcess[] others = [.. place.Nodes.Where(node => node.TakesLoad)];
            var left = leaving.Process;
            left.Terminate();
            try
            {
                times.AddRange(await StreamAsync(others, round, left.ExitCodeAsync()));
            }
            catch (ActorJobsApiException refusal)
            {
                var shards = (await others[0].Client.ListShardsAsync()).Items.Where(shard => shard.Owner is null).Select(shard => shard.Number);
                Assert.Fail($"A job was refused while a node left: {refusal.Message} No owner: {string.Join(", ", shards)}\n{string.Join('\n', place.Nodes.Select(node => $"-- {node.Name}\n{node.Process.Output}"))}");
            }

            await place.StartNodeAsync(DefaultLease);
            await place.UntilSharedAsync();
        }

        var spread = new Spread(times);
        tell($"a node leaves: submit to completed of jobs meanwhile: {spread}");
        return spread;
    }

    /// <summary>From the death of a node until the jobs it ran run again elsewhere.</summary>
    public async Task<Spread> KillAsync(Action<string> tell)
    {
        await using var place = await ClusterPlace.PrepareAsync();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => place.StartNodeAsync(DefaultLease)));
        var times = new List<TimeSpan>();
        for (var round = 0; round < rounds; round++)
        {
            await place.UntilSharedAsync();
            var victim = place.Nodes.First(node => node.TakesLoad);
            var witness = place.Nodes.Last(node => node.TakesLoad).Client;
            string[] ids = [.. Enumerable.Range(0, RunningJobs).Select(number => string.Create(CultureInfo.InvariantCulture, $"long-{round}-{number}"))];
            await victim.Client.SubmitManyAsync([.. ids.Select(id => SubmitJob.Of("builtin.sleep", new { ms = 3_000 }) with { Id = id, Backoff = new BackoffRule { Type = "fixed", Delay = TimeSpan.Zero } })]);
            await Pause.OfAsync(1);
            victim.TakesLoad = false;
            var died = DateTimeOffset.UtcNow;
            await victim.Process.KillAsync();
            var ended = await Task.WhenAll(ids.Select(id => EndedAsync(witness, id)));
            var again = ended.Where(job => job.Attempts.Count > 1 && job.Attempts[0].Outcome == "Lost").Select(job => job.Attempts[1].StartedAt - died).ToArray();
            Assert.All(ended, job => Assert.Equal("Completed", job.State));
            Assert.NotEmpty(again);
            times.AddRange(again);
            await place.StartNodeAsync(DefaultLease);
        }

        var spread = new Spread(times);
        tell($"a node is killed: until what it ran runs again: {spread}");
        return spread;
    }

    private static async Task<IReadOnlyList<TimeSpan>> StreamAsync(ClusterNodeProcess[] nodes, int round, Task<int> left)
    {
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var submits = new List<Task<TimeSpan>>();
        for (var number = 0; number < 100 || !left.IsCompleted; number++)
        {
            // ids that hash anywhere: also to the shards that are under way
            submits.Add(TakesAsync(nodes[number % nodes.Length].Client, string.Create(CultureInfo.InvariantCulture, $"short-{round}-{number}")));
            await clock.WaitForNextTickAsync();
        }

        Assert.Equal(0, await left);
        return await Task.WhenAll(submits);
    }

    private static async Task<TimeSpan> TakesAsync(ActorJobsClient client, string id)
    {
        var began = DateTimeOffset.UtcNow;
        await client.SubmitAsync(SubmitJob.Of("builtin.echo", 1) with { Id = id });
        return (await EndedAsync(client, id)).FinishedAt!.Value - began;
    }

    private static async Task<Job> EndedAsync(ActorJobsClient client, string id)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await foreach (var seen in client.WatchJobAsync(id, deadline.Token))
            if (seen.HasEnded())
                break;
        return await client.GetJobAsync(id, deadline.Token);
    }
}
