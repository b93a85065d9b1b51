using Redb.Abstractions.Instances;

namespace Redb.Grains.Services;

/// <summary>Runs processes on this host. Implemented by the silo; a fake in tests.</summary>
internal interface IProcessLauncher
{
    /// <summary>Starts a run and returns as soon as the process exists (about a millisecond); its end comes through <paramref name="reports"/>.</summary>
    /// <remarks>Checks that the planned ports are free first. Never throws for what the world refuses: that is a <see cref="LaunchResult"/>.</remarks>
    LaunchResult Launch(LaunchOrder order, IRunReports reports);

    /// <summary>Sends a signal to the run's whole process group. Does nothing if the run is gone.</summary>
    void Signal(ServiceKey service, RunId run, int signal);
}
