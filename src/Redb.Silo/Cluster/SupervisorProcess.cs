using Redb.Silo.Processes;

namespace Redb.Silo.Cluster;

/// <summary>This process.</summary>
/// <param name="self">How it was started.</param>
internal sealed class SupervisorProcess(StartedAs self) : ISupervisorProcess
{
    public string Replace() => SelfExec.Run(self);

    public void End(string words, Exception? cause) => Environment.FailFast(words, cause);
}
