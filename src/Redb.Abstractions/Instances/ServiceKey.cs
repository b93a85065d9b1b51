namespace Redb.Abstractions.Instances;

/// <summary>Names one service in the cluster: <c>host/group/service</c>, the key of its grain.</summary>
/// <param name="Host">Host name.</param>
/// <param name="Group">Group id.</param>
/// <param name="Service">Service name.</param>
public readonly record struct ServiceKey(string Host, string Group, string Service)
{
    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">The text has not exactly three parts.</exception>
    public static ServiceKey Parse(string text) =>
        text.Split('/') is [var host, var group, var service]
            ? new(host, group, service)
            : throw new FormatException($"'{text}' is not host/group/service.");

    /// <summary>The key of the group it belongs to.</summary>
    public GroupKey ToGroup() => new(Host, Group);

    /// <summary><c>host/group/service</c>.</summary>
    public override string ToString() => $"{Host}/{Group}/{Service}";
}
