using System.Text.Json;
using ActorJobs.Client;

namespace ActorJobs.AspNetCore;

/// <summary>What runs and ran for a user. A user is the <c>tenant</c> of their jobs.</summary>
internal static class UserEndpoints
{
    public static void MapUsers(this RouteGroupBuilder api) =>
        api.MapGet("/users/{id}/summary", SummariseAsync).WithSummary("Counts of a user's jobs by state").WithTags("users").Produces<UserSummary>();

    private static async Task<IResult> SummariseAsync(
        string id, IJobQueries queries, IEnumerable<IUserCounts> workloads, CancellationToken cancellationToken)
    {
        var states = await queries.CountTenantAsync(id, cancellationToken);
        var others = new List<(string Name, IReadOnlyDictionary<string, long> Counts)>();
        foreach (var workload in workloads)
            others.Add((workload.Name, await workload.CountAsync(id, cancellationToken)));
        return JsonBody.Of((id, states, others), Write);
    }

    private static void Write(
        Utf8JsonWriter writer, (string User, IReadOnlyDictionary<JobStatus, long> States, List<(string Name, IReadOnlyDictionary<string, long> Counts)> Others) summary)
    {
        var states = summary.States;
        writer.WriteStartObject();
        writer.WriteString("user"u8, summary.User);
        writer.WriteNumber("total"u8, states.Values.Sum());
        writer.WriteNumber("completed"u8, states.GetValueOrDefault(JobStatus.Completed));
        writer.WriteNumber("failed"u8, states.GetValueOrDefault(JobStatus.Discarded) + states.GetValueOrDefault(JobStatus.Expired));
        writer.WriteNumber("cancelled"u8, states.GetValueOrDefault(JobStatus.Cancelled));
        writer.WriteNumber("inProgress"u8, states.Where(state => !state.Key.IsTerminal()).Sum(state => state.Value));
        writer.WriteCounts("states"u8, states);
        writer.WriteStartObject("workloads"u8);
        foreach (var (name, counts) in summary.Others)
        {
            writer.WriteStartObject(name);
            foreach (var (state, count) in counts)
                writer.WriteNumber(state, count);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
