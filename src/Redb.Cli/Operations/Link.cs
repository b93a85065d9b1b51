using Redb.Abstractions.Services;

namespace Redb.Cli.Operations;

/// <summary>One service in an explanation.</summary>
/// <param name="Service">The service.</param>
/// <param name="NeededBy">Name of the service that waits for it; null for the one that is explained.</param>
/// <param name="Depth">How many services stand between it and the one that is explained.</param>
/// <param name="IsRoot">Whether nothing below it is to blame.</param>
internal sealed record Link(ServiceView Service, string? NeededBy, int Depth, bool IsRoot);
