using System.Reflection;

namespace ActorJobs.Server;

/// <summary>What the command line takes.</summary>
internal static class Usage
{
    private const string Text = """
        The ActorJobs node.

          actorjobs-server                       serves http://127.0.0.1:8080 with an embedded store in data/
          actorjobs-server demo [--exit]         shows what it can do on a store of its own, which it deletes at the end;
                                                 with --exit it ends with the result: 0 when everything came out, 1 when not
          actorjobs-server config                shows the settings with which it would start, where each comes from, and all that is wrong
                                                 with them; takes the same options and starts nothing

        Settings, the later wins: reference.conf, the file of --hocon (or ACTORJOBS_HOCON), appsettings.json, the environment, the command line.

          --hocon=node.conf                      a HOCON file
          --urls=http://127.0.0.1:9000           where to listen
          --ActorJobs:Store=memory               memory, sqlite or redis; in the environment ActorJobs__Store
          --ActorJobs:Sqlite:Path=jobs.db        the store's file
          --ActorJobs:Redis:Connection=host:6379 the shared store's servers
          --ActorJobs:SessionKeys=/shared/keys   where log-ins are made valid; one folder for the nodes of a cluster
          --ActorJobs:Log:File=logs/node.log     a log file beside the console, a new one every day, 14 are kept

        Exit codes: 0 ended as asked, 1 failed, 2 wrong command line or settings, 3 store unusable, 4 address in use.
        """;

    public static int Print()
    {
        Console.WriteLine(Text);
        return 0;
    }

    public static int PrintVersion()
    {
        Console.WriteLine(typeof(Usage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion);
        return 0;
    }

    public static int Refuse(string verb)
    {
        Console.Error.WriteLine($"There is no command '{verb}'; --help shows what there is.");
        return StartFailure.WrongSettings;
    }
}
