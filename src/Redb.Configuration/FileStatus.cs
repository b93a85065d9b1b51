namespace Redb.Configuration;

/// <summary>What stands at a path.</summary>
public enum FileStatus
{
    /// <summary>Nothing, or nothing we may see.</summary>
    Missing,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A file that may not be executed.</summary>
    File,

    /// <summary>A file with the right to execute it.</summary>
    Executable,
}
