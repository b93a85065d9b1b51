namespace Redb.Abstractions.Security;

/// <summary>Why a connection or a call from outside was refused. Append only: the numbers are on the wire.</summary>
public enum RefusalReason
{
    /// <summary>A reason that this version does not know.</summary>
    Unknown = 0,

    /// <summary>No certificate was shown.</summary>
    NoCertificate = 1,

    /// <summary>The certificate is of a certification authority that is not the cluster's.</summary>
    UnknownAuthority = 2,

    /// <summary>The certificate is not valid yet, or not any more.</summary>
    Expired = 3,

    /// <summary>The certificate's serial number is on the deny list.</summary>
    Revoked = 4,

    /// <summary>The certificate is for something else: a tool's at the silos' port, or one without an identity of ours.</summary>
    WrongKind = 5,

    /// <summary>The peer does not hold the key of the local cluster.</summary>
    WrongKey = 6,

    /// <summary>The peer does not speak the protocol, or fell silent.</summary>
    NoHandshake = 7,

    /// <summary>The call carries no token.</summary>
    NoToken = 8,

    /// <summary>The token was made for another call, another sender or another cluster, or was changed.</summary>
    ForgedToken = 9,

    /// <summary>The token was used before.</summary>
    Replayed = 10,

    /// <summary>The token is too old or from the future: the clocks differ.</summary>
    ClockDiffers = 11,

    /// <summary>The sender's id belongs to another certificate.</summary>
    ForgedSender = 12,

    /// <summary>The certificate's role does not suffice.</summary>
    RoleTooLow = 13,

    /// <summary>The method is not for callers from outside.</summary>
    NotForTools = 14,

    /// <summary>More calls than can be told from repeated ones.</summary>
    TooManyCalls = 15,
}
