namespace Redb.Abstractions.Security;

/// <summary>A connection or a call was refused for who is calling. Reaches grain clients with its type.</summary>
[GenerateSerializer, Immutable]
public sealed class AccessRefusedException : Exception
{
    /// <summary>Says nothing; for serializers.</summary>
    public AccessRefusedException() { }

    /// <summary>Says why, for people.</summary>
    public AccessRefusedException(string message)
        : base(message) { }

    /// <summary>Says why, for people, and what was behind it.</summary>
    public AccessRefusedException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <summary>Says why, for people and programs.</summary>
    public AccessRefusedException(RefusalReason reason, string message, Exception? innerException = null)
        : base(message, innerException) => Reason = reason;

    /// <summary>Why, for programs.</summary>
    [Id(0)]
    public RefusalReason Reason { get; private set; }
}
