using ActorJobs.Actors;

namespace ActorJobs.Telemetry;

/// <summary>Counts what happens to actors.</summary>
internal sealed class ActorEventMeter(ActorJobsInstruments instruments)
{
    public void Count(ActorEvent actorEvent)
    {
        switch (actorEvent)
        {
            case ActorFailed:
                instruments.ActorFailures.Add(1);
                break;
            case ActorRestarted:
                instruments.ActorRestarts.Add(1);
                break;
            case SlowTurn:
                instruments.SlowTurns.Add(1);
                break;
            case DeadLetter:
                instruments.ActorDeadLetters.Add(1);
                break;
        }
    }
}
