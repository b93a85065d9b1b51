using System.CommandLine;
using Redb.Initialization;
using Redb.Initialization.Passwords;

namespace Redb.Cli.Commands;

/// <summary><c>redbctl database rotate-password</c>; no supervisor needs to run.</summary>
internal sealed class DatabaseCommand(CommandContext context)
{
    /// <summary>The verb with what is below it.</summary>
    public Command Create()
    {
        var rotate = new Command(
            "rotate-password",
            "Give the database role a new password, on the server and in the keyring; finishes a change that was interrupted"
        );
        rotate.SetAction(RotateAsync);
        return new("database", "See to the database of a group")
        {
            NodeOptions.Configuration,
            NodeOptions.IsDev,
            rotate,
        };
    }

    private async Task<int> RotateAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var request = NodeRequest.Of(context, parsed);
        var error = context.Terminal.Error;
        var role = request.Configuration.Database.User;
        NodeFailure.Check(
            await Initializer.ChangePasswordAsync(
                request,
                phase => error.WriteLine(Sentence(phase, role)),
                context.Time,
                cancellationToken
            )
        );
        await error.WriteLineAsync(Advice(parsed, request.Configuration.InstanceGroup.GroupId));
        return (int)ExitCode.Done;
    }

    // Connections that are open stay so; new ones need the new password, which services read when they start.
    private string Advice(ParseResult parsed, string group) =>
        context
            .Supervisors.Find(parsed.GetValue(CommonOptions.DataDirectory))
            .Live.Any(supervisor => supervisor.Address.Groups.Contains(group, StringComparer.Ordinal))
            ? $"services that run have the old password, which opens no new connection any more: redbctl restart {group}"
            : "services use it when they are started the next time";

    private static string Sentence(PasswordPhase phase, string role) =>
        phase switch
        {
            PasswordPhase.Resumed => "a change that was interrupted is gone on with",
            PasswordPhase.Kept => "keyring: the new password stands beside the old one",
            PasswordPhase.Taken => $"PostgreSQL: role {role} takes the new password",
            PasswordPhase.Promoted => "keyring: services read the new password",
            PasswordPhase.Finished => "keyring: the old password is forgotten",
            _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "is no phase"),
        };
}
