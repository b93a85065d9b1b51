using System.Net;
using Redb.Abstractions.Hosts;
using Redb.Database.Cluster;
using Redb.Database.Failures;
using Redb.Security.Connections;

namespace Redb.Silo.Cluster;

/// <summary>Looks whether a silo can join the silos of other hosts, before it tries: who tries in vain has to end.</summary>
/// <param name="database">Where they find each other.</param>
/// <param name="self">Who would join.</param>
/// <param name="guard">What greets the others; null where nobody is asked who they are.</param>
/// <param name="patience">Longest wait for one answer.</param>
/// <param name="time">The clock.</param>
internal sealed class ClusterApproach(
    ClusterDatabase database,
    SiloIdentity self,
    IConnectionGuard? guard,
    TimeSpan patience,
    TimeProvider time
) : IClusterApproach
{
    // A connection, and the statements of one look.
    private const int Answers = 4;

    public string ConnectionString => database.ConnectionString;

    public async Task<ApproachVerdict> LookAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Answers * patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var look = await database.LookAsync(ClusterSeat.ClusterId, self.Name, Detection.Stale, either.Token);
            if (!look.IsGood)
            {
                return new(KindOf(look.Failure.Kind), look.Failure.ToString());
            }

            var clock = ClockVerdict.Of(look.Value.Skew);
            return clock.IsRefused ? new(ApproachKind.Closed, clock.Words)
                : await UnreachableAsync(look.Value, either.Token) is { Length: > 0 } silent
                    ? new(ApproachKind.Closed, silent) { MayPass = true }
                : new(ApproachKind.Open, clock.Words);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(
                ApproachKind.Closed,
                $"the cluster's database does not answer within {(Answers * patience).TotalSeconds:0.#} s"
            );
        }
    }

    public async Task<bool> LetsUsInAsync(IPEndPoint silo, TimeSpan longest, CancellationToken cancellationToken) =>
        guard is not null && (await new Reach(guard, longest, time).TroubleAsync(silo, cancellationToken)).Length == 0;

    private static ApproachKind KindOf(DatabaseFailureKind kind) =>
        kind
            is DatabaseFailureKind.Credentials
                or DatabaseFailureKind.Rights
                or DatabaseFailureKind.Tls
                or DatabaseFailureKind.NoDatabase
                or DatabaseFailureKind.NotInitialized
                or DatabaseFailureKind.Unfit
            ? ApproachKind.Refused
            : ApproachKind.Closed;

    // A silo that does not reach everybody who seems to be alive is not let in, and would end after a quarter of a minute.
    private async Task<string> UnreachableAsync(ClusterLook look, CancellationToken cancellationToken)
    {
        var reach = new Reach(guard, patience, time);
        var others = look.Members.Where(member => SiloIdentity.Parse(member.Name)?.IsBeside(self) != true);
        var silent = await Task.WhenAll(
            others.Select(async member =>
                await reach.TroubleAsync(member.EndPoint, cancellationToken) is { Length: > 0 } trouble
                    ? $"{SiloIdentity.Parse(member.Name)?.Host ?? member.Name} at {member.EndPoint} ({trouble})"
                    : ""
            )
        );
        var names = string.Join(", ", silent.Where(name => name.Length > 0));
        return names.Length == 0
            ? ""
            : $"who gave a sign of life a moment ago cannot be reached from here: {names}\n  see the network between the hosts, and redbctl certs show; whoever is gone is forgotten within {Detection.Stale.TotalSeconds} s";
    }
}
