using Redb.Configuration;

namespace Redb.Silo.Hosting;

/// <summary>The part of the command line that is about initialization.</summary>
/// <param name="IsAsked">Whether to initialize, asking whoever sits there, and then to end. Goes before <paramref name="IsAutomatic"/>.</param>
/// <param name="IsAutomatic">Whether to initialize without asking, and then to run.</param>
/// <param name="IsPlan">Whether only to say what would be done.</param>
/// <param name="IsConfirmed">Whether the question at the end is answered with yes.</param>
/// <param name="MayReplacePassword">Whether a role that is there with another password may be given the keyring's.</param>
/// <param name="Flags">How to reach PostgreSQL.</param>
internal sealed record InitializationOptions(
    bool IsAsked,
    bool IsAutomatic,
    bool IsPlan,
    bool IsConfirmed,
    bool MayReplacePassword,
    FlagOverrides Flags
)
{
    /// <summary>Whether the program ends without running anything.</summary>
    public bool EndsAfterwards => IsAsked || IsPlan;
}
