using Redb.Abstractions.Services;

namespace Redb.Abstractions.Configuration;

/// <summary>One edge of the start-up graph: this service needs <paramref name="Service"/> to be ready first.</summary>
/// <param name="Service">Name of the service depended upon.</param>
/// <param name="OnLost">What happens to the dependent when the dependency is lost later. Default ignore.</param>
public sealed record DependencyConfiguration(string Service, OnLost OnLost = OnLost.Ignore);
