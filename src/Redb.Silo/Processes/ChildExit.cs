using System.Runtime.InteropServices;

namespace Redb.Silo.Processes;

/// <summary>How a child ended: an exit code, a signal, or neither when someone else reaped it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ChildExit(int? Code, int? Signal);
