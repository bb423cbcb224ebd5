using ActorJobs.Actors;
using BenchmarkDotNet.Attributes;

namespace ActorJobs.Benchmarks.Actors;

/// <summary>Messages between two actors that answer each other: with one under way every message wakes the other, with many they come in batches.</summary>
public class MailboxBenchmarks
{
    private const int Messages = 100_000;

    private readonly ActorSystem system = new();
    private ActorRef<Ball> one = null!;
    private ActorRef<Ball> other = null!;

    [Params(1, 256)]
    public int UnderWay { get; set; }

    [GlobalSetup]
    public void Start()
    {
        one = system.Spawn(new Props<Ball>(() => new Player()), "one");
        other = system.Spawn(new Props<Ball>(() => new Player()), "other");
    }

    [GlobalCleanup]
    public async Task StopAsync() => await system.DisposeAsync();

    [Benchmark(OperationsPerInvoke = Messages)]
    public async Task TwoActors()
    {
        var game = new Game(UnderWay);
        for (var ball = 0; ball < UnderWay; ball++)
            one.Tell(new Ball(other, one, Messages / UnderWay, game));
        await game.Over;
    }

    internal sealed class Ball(ActorRef<Ball> to, ActorRef<Ball> from, int left, Game game)
    {
        private ActorRef<Ball> to = to;
        private ActorRef<Ball> from = from;
        private int left = left;

        public void Play()
        {
            if (--left == 0)
            {
                game.End();
                return;
            }

            (to, from) = (from, to); // before it is sent: the other may have it at once
            from.Tell(this);
        }
    }

    internal sealed class Game(int balls)
    {
        private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int left = balls;

        public Task Over => over.Task;

        public void End()
        {
            if (Interlocked.Decrement(ref left) == 0)
                over.SetResult();
        }
    }

    private sealed class Player : Actor<Ball>
    {
        protected internal override ValueTask ReceiveAsync(Ball message, ActorContext<Ball> context)
        {
            message.Play();
            return default;
        }
    }
}
