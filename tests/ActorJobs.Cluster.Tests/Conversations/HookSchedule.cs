using System.Globalization;

namespace ActorJobs.Cluster.Tests.Conversations;

/// <summary>
/// Webhooks at a rate over a time, drawn from a seed: customers take turns, each tenth message comes twice, and each may come late by up to three of the
/// same customer's messages, so that neighbours overtake one another.
/// </summary>
internal sealed class HookSchedule
{
    private const double Twice = 0.1;
    private const double Overtaken = 3;

    public HookSchedule(int seed, int rate, int seconds, int customers, DateTimeOffset now)
    {
        var random = new Random(seed);
        var turn = (double)customers / rate; // seconds between two messages of a customer
        var due = new List<(TimeSpan At, Hook Hook)>();
        for (var i = 0; i < rate * seconds; i++)
        {
            var hook = new Hook(CustomerOf(i % customers), i / customers, now + TimeSpan.FromSeconds((i / customers) - (rate * seconds / customers)));
            var at = (double)i / rate;
            due.Add((TimeSpan.FromSeconds(at + (random.NextDouble() * Overtaken * turn)), hook));
            if (random.NextDouble() < Twice)
                due.Add((TimeSpan.FromSeconds(at + (random.NextDouble() * Overtaken * turn)), hook));
        }

        Due = [.. due.OrderBy(item => item.At)];
        Messages = due.Select(item => item.Hook).Distinct().ToLookup(hook => hook.Customer);
    }

    /// <summary>When each webhook comes, counted from the begin.</summary>
    public IReadOnlyList<(TimeSpan At, Hook Hook)> Due { get; }

    /// <summary>The messages, each once, by customer.</summary>
    public ILookup<string, Hook> Messages { get; }

    private static string CustomerOf(int number) => string.Create(CultureInfo.InvariantCulture, $"55119{number:d8}");
}
