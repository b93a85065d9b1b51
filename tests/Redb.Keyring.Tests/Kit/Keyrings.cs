using Redb.Keyring.Files;

namespace Redb.Keyring.Tests.Kit;

/// <summary>Short words for what tests do with keyrings.</summary>
internal static class Keyrings
{
    public static EntryName Database { get; } = new("redb-database", "postgres-password");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static KeyringFile Open(string path, string? password = "master", KeyringFileOptions? options = null) =>
        new(path, password is null ? null : new Secret(password), options ?? new(), TimeProvider.System);

    public static Task SetAsync(this IKeyring keyring, EntryName name, string secret) =>
        keyring.SetAsync([new(name, new(secret))], Cancellation);

    public static async Task<string?> GetAsync(this IKeyring keyring, EntryName name) =>
        (await keyring.GetAsync(name, Cancellation))?.Reveal();

    public static async Task<KeyringException> RefusalAsync(Func<Task> action) =>
        (await action.Should().ThrowAsync<KeyringException>()).Which;
}
