using System.Runtime.InteropServices;

namespace Redb.Silo.Processes;

/// <summary>How a child ended: an exit code, a signal, or neither when someone else reaped it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ChildExit(int? Code, int? Signal)
{
    /// <summary>From the number that wait and <c>/proc</c> give.</summary>
    public static ChildExit OfWaitStatus(int status) =>
        (status & 0x7f) is not 0 and var signal ? new(null, signal) : new((status >> 8) & 0xff, null);
}
