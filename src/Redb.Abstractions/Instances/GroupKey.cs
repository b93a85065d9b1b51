namespace Redb.Abstractions.Instances;

/// <summary>Names one instance group in the cluster: <c>host/group</c>, the key of its grains.</summary>
/// <param name="Host">Host name.</param>
/// <param name="Group">Group id.</param>
public readonly record struct GroupKey(string Host, string Group)
{
    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">The text has not exactly two parts.</exception>
    public static GroupKey Parse(string text) =>
        text.Split('/') is [var host, var group]
            ? new(host, group)
            : throw new FormatException($"'{text}' is not host/group.");

    /// <summary>The key of one of its services.</summary>
    public ServiceKey ToService(string service) => new(Host, Group, service);

    /// <summary><c>host/group</c>.</summary>
    public override string ToString() => $"{Host}/{Group}";
}
