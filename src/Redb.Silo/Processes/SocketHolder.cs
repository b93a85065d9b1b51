namespace Redb.Silo.Processes;

/// <summary>A process that has a socket, or a file, open.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="CommandLine">Its arguments joined by spaces, shortened.</param>
internal sealed record SocketHolder(int Pid, string CommandLine)
{
    private const int LongestCommandLine = 200;

    /// <summary>The first process found with the socket, or null when it is gone or hidden from us.</summary>
    public static SocketHolder? Find(string inode) => FindLink($"socket:[{inode}]", except: 0);

    /// <summary>The first other process found with the file, or null when there is none or it is hidden from us.</summary>
    public static SocketHolder? OfFile(string path) => FindLink(Path.GetFullPath(path), except: Environment.ProcessId);

    private static SocketHolder? FindLink(string link, int except)
    {
        foreach (var pid in AllProcesses.Pids())
        {
            if (pid != except && Holds(pid, link))
            {
                return new(pid, ReadCommandLine(pid));
            }
        }

        return null;
    }

    private static bool Holds(int pid, string link)
    {
        try
        {
            return Directory
                .EnumerateFiles($"/proc/{pid}/fd")
                .Any(file => string.Equals(new FileInfo(file).LinkTarget, link, StringComparison.Ordinal));
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            // It ended while we looked, or belongs to another user.
            return false;
        }
    }

    private static string ReadCommandLine(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/cmdline").TrimEnd('\0').Replace('\0', ' ');
            return text.Length <= LongestCommandLine ? text : $"{text[..LongestCommandLine]}…";
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
