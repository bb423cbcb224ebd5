using ActorJobs.Cli;

var host = CliHost.OfProcess();
using var interrupts = host.Interrupts;
using var interrupt = interrupts!.Begin();
return await new CommandLineApp(host).RunAsync(args, interrupt.Token);
