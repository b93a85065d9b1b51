using System.Collections;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Redb.Silo.Cluster;

namespace Redb.Silo.Processes;

/// <summary>The environment of a child: the supervisor's own with changes laid over it.</summary>
internal static class ChildEnvironment
{
    public const string NotifySocket = "NOTIFY_SOCKET";

    /// <summary>Addressed to the supervisor by its own service manager: a child that took them would speak in our name, or pass for us.</summary>
    public static readonly FrozenSet<string> OursAlone = FrozenSet.Create(
        StringComparer.Ordinal,
        NotifySocket,
        "WATCHDOG_PID",
        "WATCHDOG_USEC",
        "LISTEN_FDS",
        "LISTEN_FDNAMES",
        "LISTEN_PID",
        RestartBackOff.Variable,
        FailedJoin.Variable,
        RunMark.Variable
    );

    /// <summary>The supervisor's own, whole, as <c>NAME=value</c>.</summary>
    public static IReadOnlyList<string> Own() =>
        [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(own => $"{own.Key}={own.Value}")];

    /// <summary>As <c>NAME=value</c>; a null value in <paramref name="changes"/> removes the variable.</summary>
    public static IReadOnlyList<string> With(ImmutableDictionary<string, string?> changes)
    {
        var result = new List<string>();
        foreach (DictionaryEntry own in Environment.GetEnvironmentVariables())
        {
            var name = (string)own.Key;
            if (!OursAlone.Contains(name) && !changes.ContainsKey(name))
            {
                result.Add($"{name}={own.Value}");
            }
        }

        foreach (var (name, value) in changes)
        {
            if (value is not null)
            {
                result.Add($"{name}={value}");
            }
        }

        return result;
    }
}
