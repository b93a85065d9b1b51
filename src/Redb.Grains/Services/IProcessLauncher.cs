using Redb.Abstractions.Instances;
using Redb.Grains.Journal;

namespace Redb.Grains.Services;

/// <summary>Runs processes on this host. Implemented by the silo; a fake in tests.</summary>
internal interface IProcessLauncher
{
    /// <summary>Starts a run and returns as soon as the process exists (about a millisecond); its end comes through <paramref name="reports"/>.</summary>
    /// <remarks>Checks that the planned ports are free first. Never throws for what the world refuses: that is a <see cref="LaunchResult"/>.</remarks>
    LaunchResult Launch(LaunchOrder order, IRunReports reports);

    /// <summary>Takes over a run that an earlier supervisor launched with the same order; from then on it is as if it had been launched here.</summary>
    /// <param name="order">What it was launched with.</param>
    /// <param name="process">Its process as journaled; null when only the intent was, and the process must be found by the mark its launch gave it.</param>
    /// <param name="reports">Where its end is told, if it is alive now.</param>
    AdoptResult Adopt(LaunchOrder order, RunIdentity? process, IRunReports reports);

    /// <summary>Sends a signal to the run's whole process group. Does nothing if the run is gone.</summary>
    void Signal(ServiceKey service, RunId run, int signal);
}
