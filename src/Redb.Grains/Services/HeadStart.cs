using System.Collections.Immutable;
using Redb.Abstractions.Supervision;
using Redb.Grains.Journal;

namespace Redb.Grains.Services;

/// <summary>A launch that is certain before its grain is there.</summary>
/// <param name="Order">What the grain would order.</param>
/// <param name="Intent">What the journal must say before it is done.</param>
/// <param name="News">What led to it.</param>
internal sealed record HeadStart(LaunchOrder Order, ServiceMemory Intent, ImmutableArray<ServiceNews> News)
{
    /// <summary>Whether it replaces a run that ended while no supervisor watched, and the end has not been told yet.</summary>
    public bool IsReplacement => News.Any(news => news.Kind == EventKind.Exited);
}
