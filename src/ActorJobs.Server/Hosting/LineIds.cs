using Serilog.Core;
using Serilog.Events;

namespace ActorJobs.Server;

/// <summary>For lines that people read: the ids of the job, its attempt and the trace behind the message, and nothing where there are none.</summary>
internal sealed class LineIds : ILogEventEnricher
{
    private const string Property = "Ids";

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        // a message that names its job itself need not be told twice
        var job = logEvent.MessageTemplate.Text.Contains("{JobId}", StringComparison.Ordinal) ? null : Text(logEvent, "JobId");
        var trace = logEvent.TraceId?.ToString() ?? Text(logEvent, "JobTraceId");
        var ids = (job, trace) switch
        {
            (null, null) => "",
            (null, _) => $" [trace {trace}]",
            (_, null) => $" [job {job} attempt {Text(logEvent, "Attempt")}]",
            _ => $" [job {job} attempt {Text(logEvent, "Attempt")} trace {trace}]",
        };
        logEvent.AddPropertyIfAbsent(new LogEventProperty(Property, new ScalarValue(ids)));
    }

    private static string? Text(LogEvent logEvent, string name) =>
        logEvent.Properties.TryGetValue(name, out var value) && value is ScalarValue { Value: { } scalar } ? Convert.ToString(scalar, System.Globalization.CultureInfo.InvariantCulture) : null;
}
