using Redb.Grains.Journal;

namespace Redb.Grains.Services;

/// <summary>A launch that is certain before its grain is there.</summary>
/// <param name="Order">What the grain will order.</param>
/// <param name="Intent">What the journal must say before it is done.</param>
internal sealed record HeadStart(LaunchOrder Order, ServiceMemory Intent);
