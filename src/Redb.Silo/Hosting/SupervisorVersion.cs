using System.Reflection;

namespace Redb.Silo.Hosting;

/// <summary>The version this program was built as.</summary>
internal static class SupervisorVersion
{
    public static string Current { get; } =
        typeof(SupervisorVersion)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0]
        ?? "unknown";
}
