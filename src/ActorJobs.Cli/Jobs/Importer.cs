using System.Threading.Channels;
using ActorJobs.Client;

namespace ActorJobs.Cli;

/// <summary>
/// Reads lines, sends them in batches, several at once, and counts what became of them. Ids make a repeat harmless, so a request whose answer got lost
/// is simply sent again, and so is the whole import.
/// </summary>
internal sealed class Importer(Scope scope, ImportPlan plan, TextWriter? refusedLines)
{
    private const int MaxTold = 20;

    private readonly Lock gate = new();
    private readonly SortedSet<long> underway = []; // guarded by gate: first line numbers of batches that are not settled
    private long lines, accepted, existing, refused, done; // guarded by gate, but for lines, which only the reader writes

    public async Task<ImportReport> RunAsync(TextReader input, long? bytes)
    {
        var began = scope.Host.Time.GetTimestamp();
        var batches = Channel.CreateBounded<List<ImportLine>>(plan.Connections);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(scope.Cancellation);
        try
        {
            await Progress.RunAsync(scope, "importing", bytes, async (report) =>
            {
                var reading = ReadAsync(input, batches.Writer, report, stop.Token);
                var sending = Enumerable.Range(0, plan.Connections).Select(_ => SendAllAsync(batches.Reader, stop)).ToArray();
                await Task.WhenAll([reading, .. sending]);
            });
        }
        catch (Exception)
        {
            scope.Screen.Note($"{accepted} jobs were accepted. To go on: the same again with --run {plan.Run} --skip {Settled()}");
            throw;
        }

        var seconds = scope.Host.Time.GetElapsedTime(began).TotalSeconds;
        return new ImportReport(plan.Run, lines, accepted, existing, refused, Math.Round(seconds, 3), Math.Round(accepted / Math.Max(seconds, 0.001)));
    }

    private async Task ReadAsync(TextReader input, ChannelWriter<List<ImportLine>> batches, Action<long> report, CancellationToken cancellationToken)
    {
        try
        {
            var batch = new List<ImportLine>(plan.Batch);
            for (var number = 1L; await input.ReadLineAsync(cancellationToken) is { } text; number++)
            {
                report(text.Length + 1);
                if (number <= plan.Skip || string.IsNullOrWhiteSpace(text))
                    continue;
                lines++;
                try
                {
                    batch.Add(new ImportLine(number, text, plan.JobOf(text, number)));
                }
                catch (UsageException exception)
                {
                    Refuse(number, text, exception.Message);
                }

                if (batch.Count == plan.Batch)
                {
                    await PassOnAsync(batch);
                    batch = new List<ImportLine>(plan.Batch);
                }
            }

            if (batch.Count > 0)
                await PassOnAsync(batch);
            batches.Complete();
        }
        catch (Exception exception)
        {
            batches.TryComplete(exception);
            throw;
        }

        ValueTask PassOnAsync(List<ImportLine> batch)
        {
            lock (gate)
                underway.Add(batch[0].Number);
            return batches.WriteAsync(batch, cancellationToken);
        }
    }

    private async Task SendAllAsync(ChannelReader<List<ImportLine>> batches, CancellationTokenSource stop)
    {
        try
        {
            await foreach (var batch in batches.ReadAllAsync(stop.Token))
            {
                await SendAsync(batch, stop.Token);
                lock (gate)
                {
                    underway.Remove(batch[0].Number);
                    done = Math.Max(done, batch[^1].Number);
                }
            }
        }
        catch (Exception)
        {
            // the others need not go on, and the reader must not wait for a free place
            await stop.CancelAsync();
            throw;
        }
    }

    private async Task SendAsync(List<ImportLine> batch, CancellationToken cancellationToken)
    {
        var sender = new BatchSender(scope.Node, scope.Connection.Patience, scope.Host.Time);
        var outcome = await sender.SendAsync([.. batch.Select(line => line.Job)], cancellationToken);
        lock (gate)
            (accepted, existing) = (accepted + outcome.Accepted, existing + outcome.Existing);
        foreach (var (index, problem) in outcome.Refused)
            Refuse(batch[index].Number, batch[index].Text, $"{problem.Detail ?? problem.Title} ({problem.Code})");
    }

    private void Refuse(long number, string text, string why)
    {
        lock (gate)
        {
            refusedLines?.WriteLine(text);
            if (++refused <= MaxTold)
                scope.Screen.Note(SafeText.Line($"line {number}: {why}"));
            else if (refused == MaxTold + 1)
                scope.Screen.Note("(further refusals are counted only; --errors FILE keeps the lines)");
        }
    }

    /// <summary>How many lines at the beginning need not be looked at again.</summary>
    private long Settled()
    {
        lock (gate)
            return underway.Count > 0 ? underway.Min - 1 : Math.Max(done, plan.Skip);
    }

    private sealed record ImportLine(long Number, string Text, SubmitJob Job);
}
