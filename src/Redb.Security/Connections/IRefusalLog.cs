using Redb.Abstractions.Security;

namespace Redb.Security.Connections;

/// <summary>Hears of every connection and every call that was refused.</summary>
internal interface IRefusalLog
{
    /// <summary>Somebody was refused.</summary>
    /// <param name="who">An address or an identity.</param>
    /// <param name="refusal">Why.</param>
    void Tell(string who, AccessRefusedException refusal);
}
