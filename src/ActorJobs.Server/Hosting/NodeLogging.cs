using System.Globalization;
using Serilog;
using Serilog.Extensions.Logging;
using Serilog.Formatting;
using Serilog.Formatting.Display;
using Serilog.Formatting.Json;

namespace ActorJobs.Server;

/// <summary>
/// Logs on the console, for people or as JSON for machines, and to rolling files where one is set. Each line has the ids of its job and trace. Levels
/// are those of <c>Logging:LogLevel</c>, as everywhere, and can be changed while the node runs.
/// </summary>
internal static class NodeLogging
{
    public const string ConsoleLine = "{Timestamp:HH:mm:ss} {Level:u3} {Message:l}{Ids:l}{NewLine}{Exception}";
    private const string FileLine = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} {Level:u3} {SourceContext} {Message:l}{Ids:l}{NewLine}{Exception}";

    private const int KeptFiles = 14;
    private const long MaxFileBytes = 64 * 1024 * 1024;

    public static void AddNodeLogging(this WebApplicationBuilder builder)
    {
        // checked with all other settings at the start, and read here, before there are services
        builder.Services.AddOptions<LogOptions>().BindSettings(LogOptions.Section);
        var isJson = string.Equals(builder.Configuration[$"{LogOptions.Section}:{nameof(LogOptions.Format)}"], nameof(LogFormat.Json), StringComparison.OrdinalIgnoreCase);
        var log = new LoggerConfiguration().MinimumLevel.Verbose();
        if (!isJson)
            log.Enrich.With<LineIds>();
        log.WriteTo.Console(Lines(ConsoleLine, isJson));
        if (builder.Configuration[$"{LogOptions.Section}:{nameof(LogOptions.File)}"] is { Length: > 0 } file)
        {
            log.WriteTo.File(
                Lines(FileLine, isJson), file, rollingInterval: RollingInterval.Day, rollOnFileSizeLimit: true, fileSizeLimitBytes: MaxFileBytes,
                retainedFileCountLimit: KeptFiles);
        }

        // as a plain provider: AddSerilog would switch the levels of Logging:LogLevel off
        builder.Logging.ClearProviders().AddProvider(new SerilogLoggerProvider(log.CreateLogger(), dispose: true));
    }

    public static ITextFormatter Lines(string template, bool isJson) =>
        isJson ? new JsonFormatter(renderMessage: true) : new MessageTemplateTextFormatter(template, CultureInfo.InvariantCulture);
}
