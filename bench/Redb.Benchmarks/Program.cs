using System.CommandLine;
using Redb.Benchmarks.Heartbeats;
using Redb.Benchmarks.Hosts;
using Redb.Benchmarks.Journal;
using Redb.Benchmarks.Micro;
using Redb.Benchmarks.Sessions;
using Redb.Benchmarks.Startup;

var root = new RootCommand("Measures what the peers' harness cannot: gRPC, start-up, many hosts, and single decisions.")
{
    HeartbeatsCommand.Create(),
    StartupCommand.Create(),
    JournalCommand.Create(),
    SessionsCommand.Create(),
    HostsCommand.Create(),
    MicroCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
