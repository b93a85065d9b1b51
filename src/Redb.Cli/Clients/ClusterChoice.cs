namespace Redb.Cli.Clients;

/// <summary>Which part of the cluster a command is about.</summary>
/// <param name="Host">Only this host; null for all.</param>
/// <param name="Group">Only groups of this name; null for all.</param>
/// <param name="PrefersHere">Whether a name without a host means a group of this machine, where there is one.</param>
internal sealed record ClusterChoice(string? Host, string? Group, bool PrefersHere);
