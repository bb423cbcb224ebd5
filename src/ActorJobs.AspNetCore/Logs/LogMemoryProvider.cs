namespace ActorJobs.AspNetCore;

/// <summary>Writes the application's log into a <see cref="LogMemory"/>, beside wherever else it goes.</summary>
[ProviderAlias("ActorJobsMemory")]
internal sealed class LogMemoryProvider(LogMemory memory, TimeProvider time) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(memory, time, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(LogMemory memory, TimeProvider time, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            memory.Add(time.GetUtcNow(), logLevel, category, formatter(state, exception), exception);
    }
}
