using System.Runtime.InteropServices;

namespace Redb.Configuration.Yaml;

/// <summary>Where in a file something stands, both from 1; <see cref="None"/> for what stands in no file.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Place(int Line, int Column)
{
    public static Place None { get; }

    /// <summary>The start of the file, for what concerns it as a whole.</summary>
    public static Place Top => new(1, 1);
}
