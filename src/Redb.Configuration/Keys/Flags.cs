namespace Redb.Configuration.Keys;

/// <summary>The flags that override keys, as they are typed.</summary>
internal static class Flags
{
    public const string Port = "--port";
    public const string DataDirectory = "--data-dir";
}
