using ActorJobs.Simulation.Runs;

return new Command(args, Console.Out).Run();
