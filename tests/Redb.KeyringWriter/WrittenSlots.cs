using System.Globalization;

namespace Redb.KeyringWriter;

/// <summary>What a writer does in which order, so that a test can tell from a number what must be in the keyring.</summary>
internal static class WrittenSlots
{
    /// <summary>Pairs of entries that a writer writes by turns.</summary>
    public const int Count = 6;

    /// <summary>Variable with the master password.</summary>
    public const string PasswordVariable = "REDB_KEYRING_PASSWORD";

    // Every fifth round through the slots deletes.
    private const int Cycle = 5;

    // About as long as a private key.
    private const int Padding = 1600;

    /// <summary>The slot that a number is for.</summary>
    public static int Of(long number) => (int)(number % Count);

    /// <summary>What both entries of the slot hold once this number was written; null for nothing.</summary>
    public static string? ValueOf(long number) =>
        number / Count % Cycle == Cycle - 1
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{number}{new string('x', Padding)}");

    /// <summary>First part of the names of a writer's entries.</summary>
    public static string ServiceOf(string writer) => $"redb-{writer}";

    /// <summary>Second parts: two entries, which are written together.</summary>
    public static string[] UsersOf(int slot) =>
        [
            string.Create(CultureInfo.InvariantCulture, $"{slot}-private"),
            string.Create(CultureInfo.InvariantCulture, $"{slot}-public"),
        ];
}
