using Microsoft.Win32.SafeHandles;

namespace Redb.Silo.Processes;

/// <summary>What posix_spawn is given: everything resolved, nothing left to look up.</summary>
internal sealed record SpawnRequest
{
    /// <summary>Absolute path of the program.</summary>
    public required string Path { get; init; }

    /// <summary>argv, with argv[0].</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The whole environment as <c>NAME=value</c>.</summary>
    public required IReadOnlyList<string> Environment { get; init; }

    /// <summary>Absolute; empty for the supervisor's own.</summary>
    public string WorkingDirectory { get; init; } = "";

    /// <summary>File that stdout and stderr are appended to; empty when <see cref="Output"/> is given.</summary>
    public string OutputFile { get; init; } = "";

    /// <summary>Open descriptor that becomes stdout and stderr, instead of a file.</summary>
    public SafeFileHandle? Output { get; init; }
}
