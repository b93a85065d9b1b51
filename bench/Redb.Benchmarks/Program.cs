using System.CommandLine;
using Redb.Benchmarks.Cluster;
using Redb.Benchmarks.Heartbeats;
using Redb.Benchmarks.Journal;
using Redb.Benchmarks.Micro;
using Redb.Benchmarks.Startup;

var root = new RootCommand("Measures what the peers' harness cannot: gRPC, start-up, many hosts, and single decisions.")
{
    HeartbeatsCommand.Create(),
    StartupCommand.Create(),
    JournalCommand.Create(),
    ClusterCommand.Create(),
    MicroCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
