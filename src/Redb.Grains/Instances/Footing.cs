namespace Redb.Grains.Instances;

/// <summary>What one service means for the phase of its group.</summary>
[Flags]
internal enum Footing
{
    None = 0,

    /// <summary>It has a process, or may be about to have one.</summary>
    Up = 1,

    /// <summary>It is required and has given up.</summary>
    Broken = 2,

    /// <summary>It is not Ready, or on its way out.</summary>
    Absent = 4,

    /// <summary>It is absent, and will come up without somebody's help.</summary>
    Coming = 8,
}
