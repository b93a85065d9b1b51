using Redb.Abstractions.Security;
using Redb.Cli.Rendering;

namespace Redb.Cli.Clients;

/// <summary>Puts into words why the cluster refused this tool, and what would help.</summary>
internal static class Refusal
{
    /// <summary>What failed, why, and what to do.</summary>
    public static CommandFailure Describe(AccessRefusedException refusal) =>
        new(
            ExitCode.PermissionDenied,
            refusal.Reason is RefusalReason.RoleTooLow or RefusalReason.NotForTools
                ? "the cluster does not allow this"
                : "the cluster does not let this tool in",
            Printable.Line(refusal.Message),
            refusal.Reason switch
            {
                RefusalReason.NoCertificate or RefusalReason.NoToken =>
                    "redbctl certs issue tool NAME --role ROLE makes a certificate, redbctl context add names it",
                RefusalReason.UnknownAuthority =>
                    "redbctl context list shows which certificates are used; both sides need those of one authority",
                RefusalReason.Expired => "redbctl certs rotate tool NAME, where the authority is, makes a new one",
                RefusalReason.Revoked or RefusalReason.WrongKind =>
                    "redbctl certs issue tool NAME --role ROLE, where the authority is, makes another",
                RefusalReason.WrongKey => "run redbctl as the user that runs the supervisor",
                RefusalReason.ClockDiffers => "set the clock of this machine, then try again",
                RefusalReason.RoleTooLow => "use a context whose certificate has the role, see redbctl context list",
                _ => "the supervisor's log has a line that begins with 'refused'",
            }
        )
        {
            // Nobody said why: so ends what the kernel had accepted for a supervisor that closed its gateway meanwhile.
            MayPass = refusal.InnerException is IOException,
        };
}
