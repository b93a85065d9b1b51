using System.Reflection;
using Google.Protobuf.Reflection;

namespace Redb.Silo.Probes;

/// <summary>Names of values as they stand in the .proto files.</summary>
internal static class Wire
{
    /// <summary><c>SERVING</c>, <c>HEALTH_STATUS_HEALTHY</c>; the number of a value that has no name here.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum =>
        typeof(T).GetField(value.ToString())?.GetCustomAttribute<OriginalNameAttribute>()?.Name ?? value.ToString();
}
