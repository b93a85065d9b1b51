using System.Globalization;
using Redb.Abstractions.Hosts;

namespace Redb.Silo.Cluster;

/// <summary>
/// The groups that one process serves on this host, each held by a locked file for as long as it lives: nobody else serves them, and what a
/// membership still says of earlier processes with one of these groups is out of date.
/// </summary>
internal sealed class GroupClaims : IDisposable
{
    private const string LockSuffix = ".lock";

    // Apart from the lock, which nobody else can open while it is held.
    private const string HolderSuffix = ".holder";

    // EWOULDBLOCK: what a lock that is held elsewhere answers.
    private const int WouldBlock = 11;

    // Whoever only looks whether a claim is held has its lock for an instant.
    private const int Attempts = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly string _folder;
    private readonly Dictionary<string, FileStream> _locks = new(StringComparer.Ordinal);

    private GroupClaims(string folder) => _folder = folder;

    /// <summary>Claims groups for this process.</summary>
    /// <param name="folder">Folder of the host's claims.</param>
    /// <param name="host">The host's name, for messages.</param>
    /// <param name="groups">The groups, each with its data folder.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The claims, or the sentence that says who serves one of the groups.</returns>
    public static async Task<(GroupClaims? Claims, string Refusal)> TakeAsync(
        string folder,
        string host,
        IEnumerable<(string Group, string DataFolder)> groups,
        TimeProvider time
    )
    {
        var claims = new GroupClaims(folder);
        foreach (var (group, data) in groups.OrderBy(entry => entry.Group, StringComparer.Ordinal))
        {
            var self = string.Create(CultureInfo.InvariantCulture, $"pid {Environment.ProcessId}, data folder {data}");
            if (await claims.TryTakeAsync(group, self, time))
            {
                continue;
            }

            var holder = Holder(Path.Combine(folder, group + HolderSuffix));
            claims.Dispose();
            return (
                null,
                $"group {group} on host {host} is already served by another supervisor ({holder}); this one ({self}) does not start\n  stop that one, or give this group another instance_group.group_id"
            );
        }

        return (claims, "");
    }

    /// <summary>Whether the process of a silo of this host is gone: one of its groups is ours now, or nobody holds any of them.</summary>
    public bool IsGone(SiloIdentity silo) =>
        _locks.Keys.Any(silo.Serves)
        || !Directory
            .EnumerateFiles(_folder, "*" + LockSuffix)
            .Where(file => silo.Serves(Path.GetFileNameWithoutExtension(file)))
            .Any(IsHeld);

    public void Dispose() => _locks.Values.ToList().ForEach(held => held.Dispose());

    private async Task<bool> TryTakeAsync(string group, string self, TimeProvider time)
    {
        var file = Path.Combine(_folder, group + LockSuffix);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                ClusterFolder.CreateForOwner(file);
                _locks[group] = new(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
                await File.WriteAllTextAsync(Path.Combine(_folder, group + HolderSuffix), self);
                return true;
            }
            catch (IOException failure) when (failure.HResult == WouldBlock)
            {
                if (attempt == Attempts)
                {
                    return false;
                }
            }

            await Task.Delay(Pause, time);
        }
    }

    private static bool IsHeld(string file)
    {
        try
        {
            using var look = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            return false;
        }
        catch (IOException failure) when (failure.HResult == WouldBlock)
        {
            return true;
        }
    }

    private static string Holder(string file) => File.Exists(file) ? File.ReadAllText(file) : "pid unknown";
}
