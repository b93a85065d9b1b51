using Orleans.Concurrency;
using Orleans.Services;

namespace Redb.Grains.Hosts;

/// <summary>What silos tell each other about themselves; one on each silo, called by the silo's address.</summary>
internal interface IDirectoryService : IGrainService
{
    /// <summary>A sign of life.</summary>
    [OneWay]
    ValueTask HearAsync(HostReport report);

    /// <summary>The silo of this name did not hear everything.</summary>
    [OneWay]
    ValueTask MissedAsync(string silo);

    /// <summary>What is not there any more of a host is to be forgotten.</summary>
    [OneWay]
    ValueTask ForgetAsync(string host);
}
