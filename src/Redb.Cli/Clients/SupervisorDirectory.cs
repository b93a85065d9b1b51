using System.Collections.Immutable;
using System.Text.Json;
using Redb.Abstractions.Supervision;

namespace Redb.Cli.Clients;

/// <summary>Finds the supervisors of this machine by their address files.</summary>
/// <param name="environment">Reads an environment variable.</param>
/// <param name="isAlive">Whether a process id is in use.</param>
internal sealed class SupervisorDirectory(Func<string, string?> environment, Func<int, bool> isAlive)
{
    /// <summary>Looks in one folder if one is given or set in REDB_DATA_DIR, else in every folder of the user's redb data.</summary>
    public Discovery Find(string? dataDirectory)
    {
        dataDirectory ??= NonEmpty("REDB_DATA_DIR");
        if (dataDirectory is not null)
        {
            return Sort([dataDirectory], dataDirectory);
        }

        var root = Path.Combine(UserData(), "redb");
        var folders = Directory.Exists(root) ? Directory.GetDirectories(root) : [];
        Array.Sort(folders, StringComparer.Ordinal);
        return Sort(folders, Path.Combine(root, "*"));
    }

    /// <summary>Whether a process id is in use on this machine, as this directory sees it.</summary>
    public bool IsAlive(int pid) => isAlive(pid);

    /// <summary>Whether a process id is in use on this machine.</summary>
    public static bool IsProcessAlive(int pid)
    {
        if (OperatingSystem.IsLinux())
        {
            return Directory.Exists($"/proc/{pid}");
        }

        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            // How Process says that there is none.
            return false;
        }
    }

    private string UserData() => NonEmpty("XDG_DATA_HOME") ?? Path.Combine(NonEmpty("HOME") ?? "", ".local", "share");

    private string? NonEmpty(string name) => environment(name) is { Length: > 0 } value ? value : null;

    private Discovery Sort(IEnumerable<string> folders, string searched)
    {
        var live = ImmutableArray.CreateBuilder<LocalSupervisor>();
        var stale = ImmutableArray.CreateBuilder<LocalSupervisor>();
        var unreadable = ImmutableArray.CreateBuilder<string>();
        var denied = ImmutableArray.CreateBuilder<string>();
        foreach (var folder in folders)
        {
            var file = Path.Combine(folder, SupervisorAddress.FileName);
            try
            {
                if (Read(file) is { } address)
                {
                    (isAlive(address.Pid) ? live : stale).Add(new(folder, address));
                }
            }
            catch (UnauthorizedAccessException)
            {
                denied.Add(file);
            }
            catch (Exception error) when (error is IOException or JsonException)
            {
                unreadable.Add($"{file}: {error.Message}");
            }
        }

        return new(
            // One supervisor writes its address into the folder of each of its groups.
            [.. live.DistinctBy(supervisor => (supervisor.Address.Pid, supervisor.Address.Gateway))],
            stale.ToImmutable(),
            unreadable.ToImmutable(),
            denied.ToImmutable(),
            Path.Combine(searched, SupervisorAddress.FileName)
        );
    }

    private static SupervisorAddress? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), AddressJsonContext.Default.SupervisorAddress);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
