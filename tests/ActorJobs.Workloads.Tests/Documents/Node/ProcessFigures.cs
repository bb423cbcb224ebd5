using System.Diagnostics;
using System.Globalization;

namespace ActorJobs.Workloads.Tests.Documents.Node;

/// <summary>What a process has used so far and holds now, as Linux counts it. Mapped index files count as resident though the system may drop them at any time.</summary>
/// <param name="Processor">Time on processors.</param>
/// <param name="Resident">Resident memory, in megabytes.</param>
/// <param name="Own">Of that, the process's own: neither files nor shared.</param>
/// <param name="Peak">The most resident memory there was.</param>
internal sealed record ProcessFigures(TimeSpan Processor, double Resident, double Own, double Peak)
{
    public static ProcessFigures Of(int id)
    {
        using var process = Process.GetProcessById(id);
        var status = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/status"))
            .Select(static line => line.Split(':', StringSplitOptions.TrimEntries)).Where(static parts => parts.Length == 2).ToDictionary(static parts => parts[0], static parts => parts[1]);
        return new ProcessFigures(process.TotalProcessorTime, Megabytes("VmRSS"), Megabytes("RssAnon"), Megabytes("VmHWM"));

        double Megabytes(string name) => double.Parse(status[name].Split(' ')[0], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"processor {Processor.TotalSeconds:n1} s, resident {Resident:n0} MB of which its own {Own:n0} MB, at most {Peak:n0} MB");
}
