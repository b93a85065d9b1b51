using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Redb.Silo.Hosting;

/// <summary>The data folders that this supervisor holds.</summary>
/// <param name="folders">The folder of each group, in the order of the files.</param>
internal sealed class HeldFolders(ImmutableArray<(string Group, string Folder)> folders)
{
    /// <summary>The folder of what belongs to the process and not to one of its groups: the first.</summary>
    public string Own => folders[0].Folder;

    /// <summary>Each folder once.</summary>
    public ImmutableArray<string> All { get; } =
    [.. folders.Select(entry => entry.Folder).Distinct(StringComparer.Ordinal)];

    /// <summary>The folder of each group, by its id.</summary>
    public FrozenDictionary<string, string> ByGroup { get; } =
        folders.ToFrozenDictionary(entry => entry.Group, entry => entry.Folder, StringComparer.Ordinal);
}
