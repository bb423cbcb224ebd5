using System.Globalization;
using System.Text.Json;

namespace ActorJobs.Cluster.Tests.Conversations;

/// <summary>Reads conversations back: every message is in one history, once, histories have no gaps, and a conversation shows its messages in the order of sending.</summary>
internal sealed class Histories(HttpClient http, string told)
{
    private const int PageSize = 1_000;

    private int overtaken;

    /// <summary>How many messages had come in after a later one of the same customer.</summary>
    public int Overtaken => overtaken;

    public async Task CheckAsync(ILookup<string, Hook> messages)
    {
        var list = await http.GetFromJsonAsync<JsonElement>(Path($"api/v1/conversations?limit={PageSize}"));
        Assert.Equal(messages.Count, list.GetProperty("items").GetArrayLength());
        await Parallel.ForEachAsync(messages, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (sent, _) => await CheckAsync([.. sent.OrderBy(hook => hook.Number)]));
    }

    private async Task CheckAsync(Hook[] sent)
    {
        var conversation = sent[0].Conversation;
        var history = await HistoryAsync(conversation);
        Assert.True(
            history.Select(item => item.GetProperty("version").GetInt64()).SequenceEqual(Enumerable.Range(1, history.Count).Select(version => (long)version)),
            $"The history of {conversation} has gaps; {told}");
        var heard = history.Where(item => item.GetProperty("type").GetString()!.StartsWith("conversation.message-received.", StringComparison.Ordinal))
            .Select(item => item.GetProperty("data").GetProperty("message").GetProperty("id").GetString()).ToList();
        Assert.True(
            heard.Order(StringComparer.Ordinal).SequenceEqual(sent.Select(hook => hook.Wamid).Order(StringComparer.Ordinal)),
            $"{conversation} has {string.Join(", ", heard)}, and not each message once; {told}");
        Interlocked.Add(ref overtaken, heard.Zip(sent).Count(pair => pair.First != pair.Second.Wamid));

        var shown = (await http.GetFromJsonAsync<JsonElement>($"api/v1/conversations/{conversation}")).GetProperty("messages").EnumerateArray()
            .Where(message => message.GetProperty("from").GetString() == "customer").Select(message => message.GetProperty("text").GetString()).ToList();
        Assert.True(shown.SequenceEqual(sent.Select(hook => hook.Text)), $"{conversation} shows {string.Join(", ", shown)}; {told}");
    }

    private async Task<List<JsonElement>> HistoryAsync(string conversation)
    {
        var items = new List<JsonElement>();
        for (var after = "0"; after is not null;)
        {
            var page = await http.GetFromJsonAsync<JsonElement>(Path($"api/v1/conversations/{conversation}/events?after={after}&limit={PageSize}"));
            items.AddRange(page.GetProperty("items").EnumerateArray());
            after = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }

        return items;
    }

    private static string Path(FormattableString path) => path.ToString(CultureInfo.InvariantCulture);
}
