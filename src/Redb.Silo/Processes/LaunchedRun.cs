using Redb.Grains.Services;
using Redb.Silo.Limits;

namespace Redb.Silo.Processes;

/// <summary>A run between its launch, or its adoption, and its report.</summary>
/// <param name="Order">What was ordered.</param>
/// <param name="Audience">Who is told.</param>
/// <param name="Notify">Its notify socket, if it has one.</param>
/// <param name="Limits">What keeps it within its limits.</param>
internal sealed record LaunchedRun(LaunchOrder Order, RunAudience Audience, NotifySocket? Notify, RunLimits Limits);
