using System.Globalization;

namespace ActorJobs.Server;

/// <summary>Something the demo counted, beside what it must be.</summary>
/// <param name="What">For a person.</param>
/// <param name="Expected">What must come out.</param>
/// <param name="Found">What came out.</param>
/// <param name="Holds">A further condition. Default: none.</param>
internal sealed record DemoCheck(string What, long Expected, long Found, bool Holds = true)
{
    public bool Passes => Holds && Expected == Found;
}

/// <summary>The table at the end of the demo.</summary>
internal static class DemoReport
{
    /// <summary>Prints the checks.</summary>
    /// <returns>Whether all pass.</returns>
    public static bool Print(TextWriter output, IReadOnlyList<DemoCheck> checks, TimeSpan took)
    {
        var width = Math.Max("checked".Length, checks.Max(check => check.What.Length));
        output.WriteLine();
        output.WriteLine($"{"checked".PadRight(width)}  {"expected",10}  {"found",10}");
        foreach (var check in checks)
            output.WriteLine($"{check.What.PadRight(width)}  {Number(check.Expected),10}  {Number(check.Found),10}  {(check.Passes ? "ok" : "MISSING")}");
        var failed = checks.Count(check => !check.Passes);
        output.WriteLine();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(failed == 0 ? "Everything came out as expected" : $"{failed} of {checks.Count} did not come out as expected")}, after {took.TotalSeconds:0.0} s."));
        output.WriteLine();
        return failed == 0;
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
