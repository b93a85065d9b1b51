using Redb.Abstractions.Supervision;

namespace Redb.Cli.Clients;

/// <summary>A supervisor of this machine, as its address file describes it.</summary>
/// <param name="DataDirectory">The folder the file was found in.</param>
/// <param name="Address">What the file says.</param>
internal sealed record LocalSupervisor(string DataDirectory, SupervisorAddress Address)
{
    /// <summary>One line that tells it from others.</summary>
    public string Describe() =>
        $"{string.Join(", ", Address.Groups)} on {Address.Host} (pid {Address.Pid}, --data-dir {DataDirectory})";
}
