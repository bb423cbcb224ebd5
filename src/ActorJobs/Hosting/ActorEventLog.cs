using ActorJobs.Actors;
using Microsoft.Extensions.Logging;

namespace ActorJobs.Hosting;

/// <summary>Writes to the log what happens to actors.</summary>
internal sealed partial class ActorEventLog(ILogger logger)
{
    public void Log(ActorEvent actorEvent)
    {
        switch (actorEvent)
        {
            case ActorFailed failed:
                Failed(failed.Error, failed.Path, failed.Directive.ToString());
                break;
            case ActorRestarted restarted:
                Restarted(restarted.Path, restarted.Restarts);
                break;
            case DeadLetter letter:
                DeadLetter(letter.Path, letter.Message?.GetType().Name, letter.Reason);
                break;
            case SlowTurn slow:
                SlowTurn(slow.Path, slow.MessageType.Name, slow.Duration.TotalMilliseconds);
                break;
        }
    }

    [LoggerMessage(LogLevel.Error, "Actor {Path} failed; directive {Directive}")]
    private partial void Failed(Exception error, string path, string directive);

    [LoggerMessage(LogLevel.Warning, "Actor {Path} restarted for the {Restarts}. time")]
    private partial void Restarted(string path, int restarts);

    [LoggerMessage(LogLevel.Debug, "Dead letter to {Path}: {Message} ({Reason})")]
    private partial void DeadLetter(string path, string? message, string reason);

    [LoggerMessage(LogLevel.Warning, "Actor {Path} took {Milliseconds} ms for a {Message}")]
    private partial void SlowTurn(string path, string message, double milliseconds);
}
