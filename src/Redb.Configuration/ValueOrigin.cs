namespace Redb.Configuration;

/// <summary>Where a setting's value comes from.</summary>
public enum ValueOrigin
{
    /// <summary>Nobody said anything.</summary>
    Default,

    /// <summary>The file.</summary>
    File,

    /// <summary>An environment variable.</summary>
    Environment,

    /// <summary>The command line.</summary>
    Flag,
}
