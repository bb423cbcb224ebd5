using Microsoft.Extensions.Configuration;

namespace ActorJobs.Hosting.Settings;

/// <summary>
/// Reads a back-off: <c>{ Type = exponential, Base, Factor, Max, Jitter }</c>, <c>{ Type = list, Delays = [...] }</c> or
/// <c>{ Type = fixed, Delay }</c>, as the HTTP API has it.
/// </summary>
internal static class BackoffSection
{
    /// <summary>The back-off, or null after adding what is wrong to <paramref name="problems"/>.</summary>
    public static Backoff? Read(IConfigurationSection section, List<string> problems)
    {
        var fields = new Fields();
        var before = problems.Count;
        var binder = new SettingsBinder();
        binder.Bind(section, fields);
        problems.AddRange(binder.Problems);
        foreach (var problem in fields.Type switch
        {
            null => ["Type is missing: exponential, list or fixed"],
            Shape.List when fields.Delays.Count == 0 => ["Delays is missing"],
            Shape.Fixed when fields.Delay is null => ["Delay is missing"],
            Shape.Exponential => fields.OutOfRange(),
            _ => [],
        })
            problems.Add($"{section.Path}: {problem}.");
        return problems.Count == before ? fields.Make() : null;
    }

    private enum Shape
    {
        Exponential, List, Fixed,
    }

    [ClosedSettings]
    private sealed class Fields
    {
        private static readonly Backoff.Exponential Default = (Backoff.Exponential)Backoff.Default;

        public Shape? Type { get; set; }

        public TimeSpan Base { get; set; } = Default.Base;

        public double Factor { get; set; } = Default.Factor;

        public TimeSpan Max { get; set; } = Default.Max;

        public double Jitter { get; set; } = Default.Jitter;

        public TimeSpan? Delay { get; set; }

        public IList<TimeSpan> Delays { get; } = [];

        public IEnumerable<string> OutOfRange()
        {
            if (Factor is not (>= 1 and <= 100))
                yield return "Factor is between 1 and 100";
            if (Jitter is not (>= 0 and <= 1))
                yield return "Jitter is between 0 and 1";
        }

        public Backoff Make() => Type switch
        {
            Shape.List => new Backoff.List([.. Delays]),
            Shape.Fixed => new Backoff.Fixed(Delay!.Value),
            _ => new Backoff.Exponential(Base, Factor, Max, Jitter),
        };
    }
}
