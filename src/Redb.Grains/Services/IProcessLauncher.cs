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
    /// <remarks>
    /// A live run of the same service with a higher number is taken in its place. When none lives, whatever processes they left behind are killed.
    /// May be called again for a run that is watched already, and then changes nothing. Looks through all processes at most once
    /// in a supervisor's life (some hundredths of a second), and only when an identity does not answer. Throws when the run may live but
    /// cannot be watched (no file descriptor is left): it must not be launched a second time then.
    /// </remarks>
    /// <param name="order">What it was launched with. Its run is the journaled one, or 1 for a service that no journal knows.</param>
    /// <param name="process">
    /// Its process as journaled; null when only the intent was, or nothing at all, and the process must be found by the mark its launch gave it.
    /// </param>
    /// <param name="reports">Where its end is told, if it is alive now.</param>
    AdoptResult Adopt(LaunchOrder order, RunIdentity? process, IRunReports reports);

    /// <summary>Sends a signal to the run's whole process group. Does nothing if the run is gone.</summary>
    void Signal(ServiceKey service, RunId run, int signal);
}
