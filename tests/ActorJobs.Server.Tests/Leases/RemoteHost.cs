using System.Text.Json;
using ActorJobs.Client;
using ActorJobs.Server.Tests.Engine;

namespace ActorJobs.Server.Tests.Leases;

/// <summary>A node with a remote pool <c>python</c>, and a worker's side of its protocol.</summary>
internal sealed class RemoteHost(EngineHost host) : IAsyncDisposable
{
    public const string Kind = "python.word-count";

    public EngineHost Engine => host;

    public static async Task<RemoteHost> StartAsync(TimeSpan? lease = null, Action<ActorJobsBuilder>? more = null) => new(await EngineHost.StartAsync(jobs =>
    {
        jobs.AddPool("python", pool => (pool.Remote, pool.Queues, pool.Kinds, pool.Lease) = (true, ["python"], [Kind], lease ?? TimeSpan.FromSeconds(30)));
        jobs.AddPool("rest", pool => pool.Size = 2);
        more?.Invoke(jobs);
    }));

    public async Task<string> SubmitAsync(object args, int? maxAttempts = null) =>
        (await host.Client.SubmitAsync(new SubmitJob { Kind = Kind, Args = JsonSerializer.SerializeToElement(args), MaxAttempts = maxAttempts })).Id;

    /// <summary>What the pool has for a worker.</summary>
    public async Task<JsonElement[]> LeaseAsync(int limit = 1, string wait = "PT10S") =>
        [.. (await PostAsync("lease", new { worker = "test", limit, wait })).GetProperty("items").EnumerateArray()];

    public async Task<JsonElement> LeaseOneAsync() => Assert.Single(await LeaseAsync());

    /// <summary>Says something of a lease, and expects that it is heard.</summary>
    public Task<JsonElement> TellAsync(string verb, JsonElement lease, object? more = null) => PostAsync(verb, BodyOf(lease, more));

    /// <summary>Says something of a lease, and expects a refusal.</summary>
    public async Task<(int Status, string Code)> RefusedAsync(string verb, JsonElement lease, object? more = null)
    {
        using var answer = await host.Http.PostAsJsonAsync($"api/v1/pools/python/{verb}", BodyOf(lease, more));
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.False(answer.IsSuccessStatusCode, $"{verb} was heard.");
        return ((int)answer.StatusCode, problem.GetProperty("code").GetString()!);
    }

    public async Task<string> BeatAsync(JsonElement lease) =>
        (await PostAsync("heartbeat", new { leases = new[] { BodyOf(lease, null) } })).GetProperty("items")[0].GetProperty("state").GetString()!;

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private async Task<JsonElement> PostAsync(string verb, object body)
    {
        using var answer = await host.Http.PostAsJsonAsync($"api/v1/pools/python/{verb}", body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private static Dictionary<string, object?> BodyOf(JsonElement lease, object? more)
    {
        var body = new Dictionary<string, object?>();
        foreach (var name in new[] { "job", "attempt", "token" })
            body[name] = lease.GetProperty(name);
        foreach (var property in more?.GetType().GetProperties() ?? [])
            body[property.Name] = property.GetValue(more);
        return body;
    }
}
