namespace Redb.Abstractions.Configuration;

/// <summary>How soon a supervisor that does not answer the others is declared dead.</summary>
public enum FailureDetection
{
    /// <summary>Probes of 2 s: killed is noticed within 4 s, frozen or cut off within 9 s; a stall of 5 s is survived.</summary>
    Normal = 0,

    /// <summary>Probes of 1 s: noticed within 5 s in any case; a stall of 3.5 s is deadly.</summary>
    Fast = 1,
}
