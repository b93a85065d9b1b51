using Redb.Abstractions.Configuration;
using Redb.Grains.Services;

namespace Redb.Grains.Tests.Grains;

/// <summary>Enforces nothing, and says so.</summary>
internal sealed class FakeLimits : IResourceLimiter
{
    public string Describe(ResourceConfiguration resources) =>
        resources.MaxMemoryMb > 0 ? $"memory {resources.MaxMemoryMb} MB (fake)" : "";
}
