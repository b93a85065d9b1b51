using System.Globalization;
using System.Text;
using Redb.Silo.Processes;

namespace Redb.Silo.Limits;

/// <summary>Reads and writes the files of a cgroup; what the kernel refuses is an error number.</summary>
internal static class CgroupFile
{
    public const string Members = "cgroup.procs";

    /// <summary>0, or the error number. One write call, as the kernel wants it.</summary>
    public static int Write(string folder, string name, string value) =>
        Try(() =>
        {
            var path = Path.Combine(folder, name);
            using var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
            RandomAccess.Write(file, Encoding.ASCII.GetBytes(value), 0);
        });

    /// <summary>Makes a cgroup and those above it. 0, or the error number.</summary>
    public static int Make(string folder) => Try(() => Directory.CreateDirectory(folder));

    /// <summary>Removes a cgroup; false while it holds processes or other cgroups. True when it is gone already.</summary>
    public static bool Remove(string folder) => Try(() => Directory.Delete(folder)) is 0 or Errno.NoEntry;

    /// <summary>Words of a file, empty when it cannot be read.</summary>
    public static IReadOnlyList<string> Words(string folder, string name) =>
        Text(folder, name).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A number of its own in a file, 0 when it cannot be read.</summary>
    public static long Number(string folder, string name) => Parse(Text(folder, name).Trim());

    /// <summary>The number behind a name in a file of <c>NAME NUMBER</c> lines, 0 when it is not there.</summary>
    public static long Number(string folder, string name, string key) =>
        Text(folder, name)
            .Split('\n')
            .Select(line => line.Split(' '))
            .Where(fields => fields.Length == 2 && fields[0] == key)
            .Select(fields => Parse(fields[1]))
            .FirstOrDefault();

    /// <summary>The processes of a cgroup, without this one: while it launches, a thread of it may be in there.</summary>
    public static IReadOnlyList<int> Processes(string folder) =>
        [.. Words(folder, Members).Select(word => (int)Parse(word)).Where(pid => pid != Environment.ProcessId)];

    private static string Text(string folder, string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, name));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static long Parse(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static int Try(Action act)
    {
        try
        {
            act();
            return 0;
        }
        catch (UnauthorizedAccessException)
        {
            return Errno.AccessDenied;
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return Errno.NoEntry;
        }
        catch (IOException failure)
        {
            // The number of the system, where .NET has no type of its own for it.
            return failure.HResult;
        }
    }
}
