namespace Redb.Silo.Processes;

/// <summary>Finds the file behind an executable as it was configured.</summary>
internal static class ExecutablePath
{
    private const int Executable = 1;

    /// <summary>
    /// With a slash, a path relative to the supervisor's working directory, whether or not it exists; without one, the first
    /// match in PATH, or null. Relative entries of PATH are passed over, so that nothing is ever run from the current directory by name.
    /// </summary>
    public static string? Resolve(string executable) =>
        executable.Contains('/', StringComparison.Ordinal)
            ? Path.GetFullPath(executable)
            : SearchPath().Select(folder => Path.Combine(folder, executable)).FirstOrDefault(IsProgram);

    public static bool IsProgram(string path) => File.Exists(path) && Libc.Access(path, Executable) == 0;

    private static IEnumerable<string> SearchPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Where(Path.IsPathRooted);
}
