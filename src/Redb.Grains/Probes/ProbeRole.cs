namespace Redb.Grains.Probes;

/// <summary>What a probe's verdict is used for.</summary>
[GenerateSerializer]
internal enum ProbeRole
{
    Startup,
    Readiness,
    Liveness,
}
