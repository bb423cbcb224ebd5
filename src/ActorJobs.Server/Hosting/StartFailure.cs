using System.Net.Sockets;
using ActorJobs.Actors.Stores;
using ActorJobs.Hocon;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace ActorJobs.Server;

/// <summary>Why a node does not start, for the person who started it: no stack trace, and an exit code for the script that did.</summary>
/// <param name="Message">One line, or one line per wrong setting.</param>
/// <param name="ExitCode">For the shell.</param>
internal sealed record StartFailure(string Message, int ExitCode)
{
    public const int WrongSettings = 2;
    public const int StoreUnusable = 3;
    public const int AddressInUse = 4;

    /// <summary>Null for what is nobody's mistake but the program's: that keeps its stack trace.</summary>
    public static StartFailure? Of(Exception exception) => exception switch
    {
        AggregateException all when all.InnerExceptions.All(inner => inner is OptionsValidationException) => WrongOptions(all.InnerExceptions.Cast<OptionsValidationException>()),
        OptionsValidationException one => WrongOptions([one]),
        SettingsException or HoconException or FileNotFoundException or InvalidDataException or FormatException => new(exception.Message, WrongSettings),
        // the platform's binder and the readers of its settings files
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } => new(exception.Message, WrongSettings),
        StoreUnusableException => new($"The store is unusable: {exception.Message}", StoreUnusable),
        SqliteException => new($"The store is unusable: {exception.Message}", StoreUnusable),
        UnauthorizedAccessException or DirectoryNotFoundException => new($"The store is unusable: {exception.Message}", StoreUnusable),
        _ when IsAddressInUse(exception) => new($"The address is in use: {exception.Message} Stop what listens there, or choose another with --urls.", AddressInUse),
        SocketException => new(exception.Message, AddressInUse),
        IOException => new($"The store is unusable: {exception.Message}", StoreUnusable), // a file system that is read-only or full
        _ => null,
    };

    private static StartFailure WrongOptions(IEnumerable<OptionsValidationException> errors)
    {
        var problems = errors.SelectMany(error => error.Failures).Distinct().ToArray();
        return problems is [var only]
            ? new($"The settings are wrong: {only}", WrongSettings)
            : new($"{problems.Length} settings are wrong:{string.Concat(problems.Select(problem => $"{Environment.NewLine}  {problem}"))}", WrongSettings);
    }

    private static bool IsAddressInUse(Exception exception) =>
        exception is IOException { InnerException.InnerException: SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } }
            or IOException { InnerException: SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } }
            or IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException };
}
