namespace Redb.Abstractions.Services;

/// <summary>What happens to a running dependent when a dependency stops being ready.</summary>
public enum OnLost
{
    /// <summary>Nothing; the group shows Degraded.</summary>
    Ignore = 0,

    /// <summary>The dependent is stopped and starts again by itself once the dependency is ready.</summary>
    Hold = 1,

    /// <summary>The dependent keeps running and is restarted once the dependency is ready again.</summary>
    Restart = 2,

    /// <summary>The dependent is stopped and stays stopped until an operator starts it.</summary>
    Stop = 3,
}
