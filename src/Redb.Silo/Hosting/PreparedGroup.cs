using Redb.Abstractions.Configuration;
using Redb.Grains.Planning;

namespace Redb.Silo.Hosting;

/// <summary>A group whose node is seen to.</summary>
/// <param name="Configuration">What is configured, with the master password that its services need.</param>
/// <param name="Identity">What its services are told about their node.</param>
internal sealed record PreparedGroup(RedbConfiguration Configuration, NodeIdentity Identity);
