using Redb.Abstractions.Security;
using Redb.Security.Certificates;
using Redb.Security.Connections;

namespace Redb.Security.Calls;

/// <summary>
/// Stands before every grain. Calls with a silo's seal pass; any other comes from outside, whatever it says of its sender, and needs a token and a role.
/// </summary>
/// <param name="tokens">Judges tokens.</param>
/// <param name="seal">Knows the silos.</param>
/// <param name="refusals">Hears what was refused.</param>
internal sealed class CallGate(TokenJudge tokens, SiloSeal seal, IRefusalLog refusals) : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context)
    {
        // Ticks of a grain's own timers come as calls, too. They are made in place and cannot be sent: whatever can, is an IRequest.
        if (context.Request is IRequest && !seal.IsGenuine(RequestContext.Get(SiloSeal.Key)))
        {
            Admit(context);
        }

        return context.Invoke();
    }

    private void Admit(IIncomingGrainCallContext context)
    {
        var token = RequestContext.Get(CallToken.Key) as byte[];
        // The grain's own calls are its own, and a seal that is none is not passed on.
        RequestContext.Remove(CallToken.Key);
        RequestContext.Remove(SiloSeal.Key);
        var sender = context.SourceId?.ToString() ?? "";
        try
        {
            CheckSender(context);
            var caller = tokens.Judge(token, sender, Callable.GrainOf(context), Callable.NameOf(context));
            var needed = Callable.RoleFor(context);
            if (needed == CallerRole.None)
            {
                throw new AccessRefusedException(
                    RefusalReason.NotForTools,
                    $"{Callable.NameOf(context)} is not for callers from outside the cluster"
                );
            }

            if (caller.Role < needed)
            {
                throw new AccessRefusedException(
                    RefusalReason.RoleTooLow,
                    $"{caller.Describe()} may not call {context.MethodName}: that needs the role {CertificateIdentity.NameOf(needed)}"
                );
            }
        }
        catch (AccessRefusedException refusal)
        {
            refusals.Tell(sender, refusal);
            throw;
        }
    }

    // The answer goes to the sender. Ids of tools are 128 random bits; those of grains, and of the clients inside silos, are not.
    private static void CheckSender(IIncomingGrainCallContext context)
    {
        if (
            context.SourceId is not { } sender
            || !sender.IsClient()
            || !Guid.TryParseExact(sender.Key.ToString(), "N", out _)
        )
        {
            throw new AccessRefusedException(
                RefusalReason.ForgedSender,
                $"the call has no silo's seal, and its sender {context.SourceId} is no tool's"
            );
        }
    }
}
