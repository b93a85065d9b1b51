using Redb.Abstractions.Supervision;
using Redb.Grains.Hosts;

namespace Redb.Grains.Supervision;

/// <summary>Says which supervisor runs on a host.</summary>
/// <param name="supervisor">What the silo says of itself.</param>
[OnHost]
internal sealed class SupervisorGrain(SupervisorView supervisor) : Grain, ISupervisorGrain
{
    public Task<SupervisorView> GetViewAsync() => Task.FromResult(supervisor);
}
