namespace Redb.Abstractions.Hosts;

/// <summary>A grain was asked for whose host has no active supervisor. Reaches grain clients with its type.</summary>
[GenerateSerializer, Immutable]
public sealed class HostUnreachableException : Exception
{
    /// <summary>Says nothing; for serializers.</summary>
    public HostUnreachableException() { }

    /// <summary>Says which host.</summary>
    public HostUnreachableException(string message)
        : base(message) { }

    /// <summary>Says which host, and what was behind it.</summary>
    public HostUnreachableException(string message, Exception innerException)
        : base(message, innerException) { }
}
