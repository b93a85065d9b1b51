namespace Redb.Keyring;

/// <summary>A secret on its way through the program: whatever prints it prints asterisks.</summary>
/// <param name="value">What is secret.</param>
public sealed class Secret(string value) : IEquatable<Secret>
{
    private const string Mask = "********";

    private readonly string _value = value;

    /// <summary>The secret itself, for whoever needs it next and passes it on to nobody.</summary>
    public string Reveal() => _value;

    /// <inheritdoc/>
    public bool Equals(Secret? other) =>
        other is not null && string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Secret);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_value);

    /// <summary>Asterisks.</summary>
    public override string ToString() => Mask;
}
