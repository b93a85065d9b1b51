namespace Redb.Silo.Cluster;

/// <summary>What a difference of clocks means.</summary>
/// <param name="IsRefused">Whether the host may not join.</param>
/// <param name="Words">What is wrong, for people; empty when nothing is.</param>
internal sealed record ClockVerdict(bool IsRefused, string Words);
