using System.Diagnostics.CodeAnalysis;

namespace Redb.Database.Failures;

/// <summary>What a question to a database came to: a value, or the failure that took its place.</summary>
public sealed class Answer<T>
{
    private Answer(T value, DatabaseFailure? failure) => (Value, Failure) = (value, failure);

    /// <summary>The value; of no meaning after a failure.</summary>
    public T Value { get; }

    /// <summary>Why there is none; null when all went well.</summary>
    public DatabaseFailure? Failure { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsGood => Failure is null;

    /// <summary>A good answer.</summary>
    public static implicit operator Answer<T>(T value) => new(value, null);

    /// <summary>A failure.</summary>
    public static implicit operator Answer<T>(DatabaseFailure failure) => new(default!, failure);
}
