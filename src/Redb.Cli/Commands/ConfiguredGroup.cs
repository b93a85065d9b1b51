using Redb.Abstractions.Configuration;

namespace Redb.Cli.Commands;

/// <summary>The group that a command line means, as its file describes it.</summary>
/// <param name="Configuration">What the file says, with environment and flags worked in.</param>
/// <param name="WorkingDirectory">Absolute folder that relative paths in it start from.</param>
internal sealed record ConfiguredGroup(RedbConfiguration Configuration, string WorkingDirectory);
