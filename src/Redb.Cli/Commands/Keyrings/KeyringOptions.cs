using System.CommandLine;
using Redb.Keyring;

namespace Redb.Cli.Commands.Keyrings;

/// <summary>Arguments that mean the same at every verb of <c>redbctl keyring</c>.</summary>
internal static class KeyringOptions
{
    /// <summary>First part of an entry's name.</summary>
    public static Argument<string> Service { get; } =
        new("SERVICE") { Description = "First part of the entry's name, such as redb-database" };

    /// <summary>Second part of an entry's name.</summary>
    public static Argument<string> User { get; } =
        new("USER") { Description = "Second part of the entry's name, such as postgres-password" };

    /// <summary>The entry that both of them name.</summary>
    public static EntryName NameIn(ParseResult parsed) =>
        new(parsed.GetRequiredValue(Service), parsed.GetRequiredValue(User));
}
