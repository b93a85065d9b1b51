using Redb.Grains.Journal;
using Redb.Grains.Logs;
using Redb.Grains.Mesh;
using Redb.Grains.Probes;

namespace Redb.Grains.Services;

/// <summary>The ports through which a service's grain acts on the world.</summary>
internal sealed record Surroundings(
    IProcessLauncher Processes,
    IServiceController Controller,
    IProber Prober,
    ILogFiles Logs,
    IJournal Journal,
    IResourceLimiter Limits,
    PeerSettings Peers
);
