using System.Collections.Concurrent;
using Redb.Abstractions.Security;
using Redb.Security.Connections;

namespace Redb.Security.Tests.Kit;

/// <summary>Keeps what was refused.</summary>
internal sealed class HeardRefusals : IRefusalLog
{
    public ConcurrentQueue<RefusalReason> Heard { get; } = [];

    public void Tell(string who, AccessRefusedException refusal) => Heard.Enqueue(refusal.Reason);
}
