using System.Globalization;

namespace ActorJobs.Workloads.Conversations;

/// <summary>Something in a catalogue that cannot be meant.</summary>
/// <param name="Line">The line it is on, from 1.</param>
/// <param name="Path">What it is about, for instance <c>items[2].prices</c>.</param>
/// <param name="Message">What is wrong and what is allowed.</param>
public sealed record CatalogueProblem(long Line, string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"line {Line}: {(Path.Length == 0 ? "" : Path + ": ")}{Message}");
}

/// <summary>A catalogue was read, or it has problems: never both.</summary>
internal sealed record CatalogueReading(Catalogue? Catalogue, IReadOnlyList<CatalogueProblem> Problems);

/// <summary>The node cannot start with this catalogue.</summary>
internal sealed class CatalogueException(string file, IReadOnlyList<CatalogueProblem> problems)
    : FormatException($"{file} is not a catalogue.{string.Concat(problems.Take(20).Select(problem => $"\n  {file}, {problem}"))}");
