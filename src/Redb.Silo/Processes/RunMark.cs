using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Redb.Silo.Processes;

/// <summary>What a launch writes into the environment of a run, and its children inherit: whose it is, even when no journal says so.</summary>
/// <param name="Group">Id of its group.</param>
/// <param name="Service">Name of its service.</param>
/// <param name="Run">Number of the run.</param>
/// <param name="Folder">Data folder of the supervisor, absolute and without symbolic links: supervisors of one host tell their runs apart by it.</param>
internal sealed record RunMark(string Group, string Service, long Run, string Folder)
{
    /// <summary>The environment variable.</summary>
    public const string Variable = "REDB_SUPERVISOR_RUN";

    /// <summary>Null when the process is gone, hidden from this user, or bears no mark.</summary>
    public static RunMark? Of(int pid) =>
        ProcessEnvironment.Read(pid, Variable) is { } text && TryParse(text, out var mark) ? mark : null;

    public static bool TryParse(string text, [NotNullWhen(true)] out RunMark? mark)
    {
        // Names of groups and services contain none of the three separators, a folder may contain them all.
        mark = null;
        if (
            text.Split('@', 2) is [var name, var folder]
            && name.Split('#') is [var service, var run]
            && service.Split('/') is [var group, var own]
            && long.TryParse(run, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        )
        {
            mark = new(group, own, number, folder);
        }

        return mark is not null;
    }

    /// <summary><c>group/service#run@folder</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Group}/{Service}#{Run}@{Folder}");
}
