using System.Collections.Frozen;
using Redb.Abstractions.Instances;
using Redb.Grains.Services;

namespace Redb.Silo.Processes;

/// <summary>The marks this supervisor gives its runs.</summary>
internal sealed class RunMarks(ProcessOptions options)
{
    private readonly FrozenDictionary<string, string> _folders = options.DataFolders.ToFrozenDictionary(
        folder => folder.Key,
        folder => Canonical(folder.Value),
        StringComparer.Ordinal
    );

    /// <summary>The data folders this supervisor holds.</summary>
    public IReadOnlyCollection<string> Folders => _folders.Values;

    public RunMark Of(ServiceKey service, RunId run) =>
        new(service.Group, service.Service, run.Value, _folders[service.Group]);

    // However the folder is spelled next time, it is the same one.
    private static string Canonical(string folder) => Libc.RealPath(folder, 0) ?? Path.GetFullPath(folder);
}
