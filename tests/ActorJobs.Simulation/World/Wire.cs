using ActorJobs.Actors.Dispatch;
using ActorJobs.Simulation.Plans;
using ActorJobs.TestKit.Nodes;
using ActorJobs.TestKit.Stores;

namespace ActorJobs.Simulation.World;

/// <summary>
/// The way of one process to the shared store. Calls take their time there and back, so that they overtake one another; some are lost, some have
/// their effect without an answer, some long after their caller has given up. A call that has left goes on although its process dies.
/// </summary>
internal sealed class Wire(Scene scene, string node, ProcessDispatcher process)
{
    /// <summary>How late a call that was given up may still have its effect.</summary>
    private const int LateSeconds = 15;

    private const int NeverSeconds = 45; // longer than any caller waits

    private enum Fate
    {
        Answered,
        Lost,
        AnswerLost,
        Silence,
        Late,
    }

    /// <summary>Whether the store cannot be reached.</summary>
    public bool IsCut { get; set; }

    /// <summary>Calls the store.</summary>
    /// <param name="what">For the trace.</param>
    /// <param name="act">The call itself, which ends at once.</param>
    /// <param name="cancellationToken">The caller gives up.</param>
    public async ValueTask<T> CallAsync<T>(string what, Func<ValueTask<T>> act, CancellationToken cancellationToken)
    {
        var answered = new Completion<Answer<T>>(process);
        Carry(Draw(what), act, answered);
        using var givenUp = cancellationToken.Register(() => answered.Set(new Answer<T>(default, new OperationCanceledException(cancellationToken))));
        return (await answered.Task.ConfigureAwait(false)).Take();
    }

    private void Carry<T>(Fate fate, Func<ValueTask<T>> act, Completion<Answer<T>> answered)
    {
        switch (fate)
        {
            case Fate.Lost:
                scene.After(Latency(), () => answered.Set(Answer<T>.Failed));
                break;
            case Fate.Silence:
                scene.After(TimeSpan.FromSeconds(NeverSeconds), () => answered.Set(Answer<T>.Failed));
                break;
            case Fate.Late:
                scene.EffectAfter(TimeSpan.FromMilliseconds(scene.Random.Next(1, LateSeconds * 1000)), () => Perform(act));
                scene.After(Latency(), () => answered.Set(Answer<T>.Failed));
                break;
            default:
                scene.EffectAfter(Latency(), () =>
                {
                    var answer = Perform(act);
                    scene.After(Latency(), () => answered.Set(fate == Fate.AnswerLost ? Answer<T>.Failed : answer));
                });
                break;
        }
    }

    // the store is in memory: what is asked of it has ended when the call returns
    private static Answer<T> Perform<T>(Func<ValueTask<T>> act)
    {
        try
        {
            return new Answer<T>(act().AsTask().GetAwaiter().GetResult(), null);
        }
#pragma warning disable CA1031 // the caller hears of it, as of any error of a store
        catch (Exception error)
#pragma warning restore CA1031
        {
            return new Answer<T>(default, error);
        }
    }

    private Fate Draw(string what)
    {
        var fate = IsCut || scene.IsStoreDown ? Fate.Lost : DrawByWeather(scene.Weather, scene.Random);
        if (fate != Fate.Answered)
            scene.Trace.Note(node, fate.ToString(), what);
        return fate;
    }

    private static Fate DrawByWeather(Weather weather, Random random)
    {
        var number = random.Next(1000);
        return (number -= weather.StoreFailures) < 0 ? Fate.Lost
            : (number -= weather.StoreUnknowns) < 0 ? Fate.AnswerLost
            : number < weather.StoreSilences ? (random.Next(2) == 0 ? Fate.Silence : Fate.Late)
            : Fate.Answered;
    }

    private TimeSpan Latency() => scene.Latency();

    private sealed record Answer<T>(T? Value, Exception? Error)
    {
        public static Answer<T> Failed { get; } = new(default, new StoreFaultException("the call was lost, or its answer"));

        public T Take() => Error is null ? Value! : throw Error;
    }
}
