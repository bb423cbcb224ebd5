namespace ActorJobs.AspNetCore.Pages.Layout;

/// <summary>One line of a <see cref="RateChart"/>.</summary>
/// <param name="Tone">Its colour: <c>info</c>, <c>good</c>, <c>warn</c> or <c>bad</c>.</param>
/// <param name="Values">Its values, oldest first.</param>
/// <param name="Filled">Whether the space under it is tinted.</param>
public sealed record ChartSeries(string Tone, IReadOnlyList<double> Values, bool Filled = false);
