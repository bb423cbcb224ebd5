using System.Globalization;
using Serilog;
using Serilog.Extensions.Logging;

namespace ActorJobs.Server;

/// <summary>Logs for people on the console, and to a file where one is set. Levels are those of <c>Logging:LogLevel</c>, as everywhere.</summary>
internal static class NodeLogging
{
    private const string FileKey = "ActorJobs:Log:File";
    private const int KeptFiles = 14;
    private const long MaxFileBytes = 64 * 1024 * 1024;
    private const string ConsoleLine = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}";
    private const string FileLine = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} {Level:u3} {SourceContext} {Message:lj}{NewLine}{Exception}";

    public static void AddNodeLogging(this WebApplicationBuilder builder)
    {
        var log = new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Console(outputTemplate: ConsoleLine, formatProvider: CultureInfo.InvariantCulture);
        if (builder.Configuration[FileKey] is { Length: > 0 } file)
        {
            log.WriteTo.File(
                file, outputTemplate: FileLine, formatProvider: CultureInfo.InvariantCulture, rollingInterval: RollingInterval.Day, rollOnFileSizeLimit: true,
                fileSizeLimitBytes: MaxFileBytes, retainedFileCountLimit: KeptFiles);
        }

        // as a plain provider: AddSerilog would switch the levels of Logging:LogLevel off
        builder.Logging.ClearProviders().AddProvider(new SerilogLoggerProvider(log.CreateLogger(), dispose: true));
    }
}
