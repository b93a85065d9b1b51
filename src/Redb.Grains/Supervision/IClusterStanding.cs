namespace Redb.Grains.Supervision;

/// <summary>Says how the silo stands with its cluster. Implemented by the silo.</summary>
internal interface IClusterStanding
{
    /// <summary>Why the supervisor is alone, or why the membership cannot be read or written, with what to do; empty while all is well.</summary>
    string Trouble { get; }
}
