using System.Net.ServerSentEvents;
using System.Text.Json;

namespace ActorJobs.Workloads.Tests.Scraping;

/// <summary>The events of a run's stream.</summary>
internal static class RunEvents
{
    public static async IAsyncEnumerable<JsonElement> ReadAsync(Stream stream)
    {
        await foreach (var item in SseParser.Create(stream).EnumerateAsync())
        {
            Assert.Equal("run", item.EventType);
            yield return JsonSerializer.Deserialize<JsonElement>(item.Data);
        }
    }
}
