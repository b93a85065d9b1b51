using System.Collections.Immutable;
using Redb.Grains.Journal;

namespace Redb.Grains.Services;

/// <summary>A launch that is certain before its grain is there.</summary>
/// <param name="Order">What the grain would order.</param>
/// <param name="Intent">What the journal must say before it is done.</param>
/// <param name="News">What led to it.</param>
internal sealed record HeadStart(LaunchOrder Order, ServiceMemory Intent, ImmutableArray<ServiceNews> News);
