using Redb.Protocol.Common;

namespace Redb.Hosting.Service.Health;

/// <summary>What one health check said, and when.</summary>
internal sealed record CheckOutcome(string Name, HealthStatus Status, string Message, DateTimeOffset CheckedAt);
