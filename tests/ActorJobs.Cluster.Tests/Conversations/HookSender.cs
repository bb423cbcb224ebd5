using System.Collections.Concurrent;
using System.Net;

namespace ActorJobs.Cluster.Tests.Conversations;

/// <summary>
/// Sends webhooks as Meta does: each at its time, whatever became of those before, and again, after a pause that doubles, until it is answered with
/// <c>200</c>.
/// </summary>
/// <param name="node">Where the node is now.</param>
internal sealed class HookSender(Func<Uri> node) : IDisposable
{
    private const int MaxTries = 40;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { Timeout = TimeSpan.FromSeconds(20) };
    private readonly ConcurrentBag<TimeSpan> answers = [];
    private int repeated;

    /// <summary>How long the answers took that came at the first try, from the moment at which the webhook was due; shortest first.</summary>
    public IReadOnlyList<TimeSpan> Answers => [.. answers.Order()];

    /// <summary>How many tries were refused, broke off or were answered otherwise, and were repeated.</summary>
    public int Repeated => repeated;

    public async Task SendAsync(HookSchedule schedule)
    {
        var began = TimeProvider.System.GetTimestamp();
        var underWay = new List<Task>(schedule.Due.Count);
        using var clock = new PeriodicTimer(Tick);
        foreach (var (at, hook) in schedule.Due)
        {
            while (TimeProvider.System.GetElapsedTime(began) < at)
                await clock.WaitForNextTickAsync();
            underWay.Add(Task.Run(() => DeliverAsync(hook, began, at)));
        }

        await Task.WhenAll(underWay);
    }

    public void Dispose() => http.Dispose();

    private async Task DeliverAsync(Hook hook, long began, TimeSpan due)
    {
        var pause = TimeSpan.FromMilliseconds(250);
        for (var tried = 0; tried < MaxTries; tried++)
        {
            if (await IsTakenAsync(hook))
            {
                if (tried == 0)
                    answers.Add(TimeProvider.System.GetElapsedTime(began) - due);
                return;
            }

            Interlocked.Increment(ref repeated);
            await Pause.OfAsync(pause);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }

        throw new TimeoutException($"{hook.Wamid} was not taken in {MaxTries} tries.");
    }

    private async Task<bool> IsTakenAsync(Hook hook)
    {
        try
        {
            using var answer = await hook.DeliverAsync(http, node(), CancellationToken.None);
            if (answer.StatusCode is not (HttpStatusCode.OK or >= HttpStatusCode.InternalServerError))
                throw new InvalidOperationException($"{hook.Wamid} was answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            return false; // refused, or broken off by the kill
        }
    }
}
