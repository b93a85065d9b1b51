using System.Text.Json.Serialization;

namespace Redb.Silo.Cluster;

/// <summary>Votes in the membership file, without reflection: no silo is active before they are read.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class MembershipJson : JsonSerializerContext;
