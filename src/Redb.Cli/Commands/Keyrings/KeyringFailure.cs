using Redb.Keyring;

namespace Redb.Cli.Commands.Keyrings;

/// <summary>Turns what a keyring refused into what a command says.</summary>
internal static class KeyringFailure
{
    /// <summary>The three lines.</summary>
    public static CommandFailure Of(KeyringException refusal) =>
        new(CodeOf(refusal.Fault), refusal.What, refusal.Cause, refusal.Next);

    /// <summary>The number for the shell.</summary>
    public static ExitCode CodeOf(KeyringFault fault) =>
        fault switch
        {
            KeyringFault.TooOpen or KeyringFault.WrongPassword or KeyringFault.NoPassword or KeyringFault.Locked =>
                ExitCode.PermissionDenied,
            KeyringFault.Busy => ExitCode.TimedOut,
            KeyringFault.Unavailable => ExitCode.Unavailable,
            KeyringFault.RotationUnfinished => ExitCode.Conflict,
            _ => ExitCode.Failed,
        };
}
