using System.Runtime.InteropServices;

namespace ActorJobs.Cli;

/// <summary>
/// Ctrl+C and SIGTERM: the first ends what was begun last, in order; a second one that finds it still ending ends the process.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private readonly Lock gate = new();
    private readonly Stack<Interrupt> running = new(); // guarded by gate
    private readonly PosixSignalRegistration[] registrations;

    public Interrupts() =>
        registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal), PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal)];

    public Interrupt Begin()
    {
        lock (gate)
        {
            var begun = new Interrupt(this);
            running.Push(begun);
            return begun;
        }
    }

    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
    }

    private void End(Interrupt ended)
    {
        lock (gate)
        {
            if (running.TryPeek(out var last) && last == ended)
                running.Pop();
        }
    }

    private void OnSignal(PosixSignalContext context)
    {
        lock (gate)
            context.Cancel = running.TryPeek(out var last) && last.TryCancel();
    }

    /// <summary>Something that can be interrupted.</summary>
    internal sealed class Interrupt(Interrupts owner) : IDisposable
    {
        private readonly CancellationTokenSource source = new();

        public CancellationToken Token => source.Token;

        public bool TryCancel()
        {
            if (source.IsCancellationRequested)
                return false;
            source.Cancel();
            return true;
        }

        public void Dispose()
        {
            owner.End(this);
            source.Dispose();
        }
    }
}
