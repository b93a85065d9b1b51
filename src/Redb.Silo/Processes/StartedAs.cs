using System.Collections.Immutable;

namespace Redb.Silo.Processes;

/// <summary>How this process was started; to be read before anything changes the file or the working directory.</summary>
/// <param name="Path">
/// Absolute path of the program. A symbolic link that it was started through is kept, so that an upgrade that only turns the link is found.
/// </param>
/// <param name="Arguments">argv, with argv[0].</param>
internal sealed record StartedAs(string Path, ImmutableArray<string> Arguments)
{
    public static StartedAs Read()
    {
        // Later, when the file has been replaced, the kernel's own answer ends in "(deleted)".
        var program = Environment.ProcessPath!;
        var line = File.ReadAllText("/proc/self/cmdline");
        ImmutableArray<string> arguments = [.. line[..^1].Split('\0')];
        var called = ExecutablePath.Resolve(arguments[0]);
        return new(called is not null && Libc.RealPath(called, 0) == program ? called : program, arguments);
    }
}
