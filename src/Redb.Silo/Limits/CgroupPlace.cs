using System.Collections.Immutable;

namespace Redb.Silo.Limits;

/// <summary>The cgroup of a process in one hierarchy.</summary>
/// <param name="Version">1 or 2.</param>
/// <param name="Folder">Its folder in the file system.</param>
/// <param name="Controllers">Those of ours that the hierarchy carries; for version 2 what its folder has to offer.</param>
internal sealed record CgroupPlace(int Version, string Folder, ImmutableArray<string> Controllers)
{
    /// <summary>Whether limits of this controller can be set here.</summary>
    public bool Carries(string controller) => Controllers.Contains(controller, StringComparer.Ordinal);
}
