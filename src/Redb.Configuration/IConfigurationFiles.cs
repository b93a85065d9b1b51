namespace Redb.Configuration;

/// <summary>What the reader needs of a file system.</summary>
public interface IConfigurationFiles
{
    /// <summary>Reads a file, but never more than a limit.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="limit">Most bytes to return; a longer file is cut there.</param>
    /// <param name="complaint">Why there is no content; empty when there is.</param>
    /// <returns>The content; null when it cannot be read.</returns>
    byte[]? Read(string path, int limit, out string complaint);

    /// <summary>What stands at an absolute path.</summary>
    FileStatus Look(string path);
}
