using ActorJobs.Actors;
using BenchmarkDotNet.Attributes;

namespace ActorJobs.Benchmarks.Actors;

/// <summary>A question and its answer, one at a time and many at once.</summary>
public class AskBenchmarks
{
    private const int Many = 1000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ActorSystem system = new();
    private readonly Task<int>[] answers = new Task<int>[Many];
    private ActorRef<Question> actor = null!;

    [GlobalSetup]
    public void Start() => actor = system.Spawn(new Props<Question>(() => new Echo()), "echo");

    [GlobalCleanup]
    public async Task StopAsync() => await system.DisposeAsync();

    [Benchmark]
    public Task<int> AskOne() => AskAsync(1);

    [Benchmark(OperationsPerInvoke = Many)]
    public Task<int[]> AskMany()
    {
        for (var number = 0; number < Many; number++)
            answers[number] = AskAsync(number);
        return Task.WhenAll(answers);
    }

    private Task<int> AskAsync(int number) => actor.AskAsync<int>(reply => new Question(number, reply), Patience);

    internal sealed record Question(int Number, ReplyTo<int> Reply);

    private sealed class Echo : Actor<Question>
    {
        protected internal override ValueTask ReceiveAsync(Question message, ActorContext<Question> context)
        {
            message.Reply.Reply(message.Number);
            return default;
        }
    }
}
