using Redb.Abstractions.Instances;

namespace Redb.Cli.Operations;

/// <summary>Shows how a wait goes on.</summary>
internal interface IProgressView
{
    /// <summary>Runs the wait while showing it.</summary>
    /// <param name="wait">The wait; it reports every view it judged.</param>
    Task<Outcome> ShowAsync(Func<Action<Aim, GroupView>, Task<Outcome>> wait);
}
