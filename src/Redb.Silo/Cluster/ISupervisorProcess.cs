namespace Redb.Silo.Cluster;

/// <summary>The process that a silo lives in.</summary>
internal interface ISupervisorProcess
{
    /// <summary>Begins anew in the same process.</summary>
    /// <returns>Why it could not; never returns when it could.</returns>
    string Replace();

    /// <summary>Ends the process at once; whoever started it may start it again.</summary>
    void End(string words, Exception? cause);
}
