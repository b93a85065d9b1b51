using Redb.Grains.Services;

namespace Redb.Grains.Instances;

/// <summary>What a group tells a service after a step.</summary>
internal sealed record GroupEffect(string Service, ServiceOrder Order);
