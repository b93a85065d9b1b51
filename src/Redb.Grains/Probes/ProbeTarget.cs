using System.Collections.Immutable;
using Redb.Abstractions.Probes;

namespace Redb.Grains.Probes;

/// <summary>What one attempt asks, and where.</summary>
/// <param name="Probe">The probe.</param>
/// <param name="Host">Name or numeric address, without brackets.</param>
/// <param name="Port">Port, offset included; 0 for an exec probe.</param>
/// <param name="Environment">Environment of an exec probe, laid over the supervisor's own; a null value removes the variable.</param>
/// <param name="WorkingDirectory">Working directory of an exec probe; empty for the supervisor's own.</param>
internal sealed record ProbeTarget(
    ProbeConfiguration Probe,
    string Host,
    int Port,
    ImmutableDictionary<string, string?> Environment,
    string WorkingDirectory
);
