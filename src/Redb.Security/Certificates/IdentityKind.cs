namespace Redb.Security.Certificates;

/// <summary>What a certificate is for.</summary>
internal enum IdentityKind
{
    /// <summary>A silo: connects to silos, is connected to by silos and tools.</summary>
    Host,

    /// <summary>A tool: connects to gateways, with a role.</summary>
    Tool,
}
