using CsCheck;
using Redb.Keyring.Files;
using Redb.Keyring.Tests.Kit;

namespace Redb.Keyring.Tests.Files;

public sealed class KeyringFilePropertyTests : IDisposable
{
    private static readonly Gen<string> s_text = Gen.String[Gen.Char['\u0001', '\ud7ff'], 0, 40];

    private static readonly Gen<EntryName> s_name = Gen.Select(
        Gen.String[Gen.Char['a', 'c'], 1, 2],
        Gen.String[Gen.Char['9', ';'], 1, 3],
        (service, user) => new EntryName(service, user)
    );

    private readonly SecretFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Whatever_is_sealed_opens_with_its_password_and_with_no_other() =>
        Gen.Select(s_text, s_text, s_text)
            .Sample(
                (secret, password, other) =>
                {
                    var sealedSecret = Seal.Close(new(password), new(secret));

                    return Seal.Open(new(password), sealedSecret)!.Reveal() == secret
                        && (other == password || Seal.Open(new(other), sealedSecret) is null);
                },
                iter: 500
            );

    [Fact]
    public void No_bit_of_a_sealed_secret_can_be_turned_without_being_noticed() =>
        Gen.Select(s_text, Gen.Int[0, int.MaxValue])
            .Sample(
                (secret, place) =>
                {
                    var sealedSecret = Seal.Close(new("master"), new(secret));
                    var bit = place % (sealedSecret.Length * 8);
                    sealedSecret[bit / 8] ^= (byte)(1 << (bit % 8));

                    return Seal.Open(new("master"), sealedSecret) is null;
                },
                iter: 500
            );

    // Any sequence of changes, each by a program of its own, leaves what a dictionary would hold.
    [Fact]
    public async Task A_file_is_a_dictionary_that_outlives_its_programs() =>
        await Gen.Select(s_name, s_text, Gen.Bool)
            .Array[1, 12]
            .SampleAsync(
                async changes =>
                {
                    var path = _folder.Of($"{Guid.NewGuid():N}.json");
                    var expected = new Dictionary<EntryName, string>();
                    foreach (var (name, secret, isDeleted) in changes)
                    {
                        var keyring = Keyrings.Open(path);
                        if (isDeleted)
                        {
                            var isThere = expected.Remove(name);
                            (await keyring.DeleteAsync([name], Cancellation)).Should().Be(isThere ? 1 : 0);
                        }
                        else
                        {
                            expected[name] = secret;
                            await keyring.SetAsync(name, secret);
                        }
                    }

                    var last = Keyrings.Open(path);
                    (await last.ListAsync(Cancellation)).Should().BeEquivalentTo(expected.Keys);
                    foreach (var (name, secret) in expected)
                    {
                        (await last.GetAsync(name)).Should().Be(secret);
                    }
                },
                iter: 40
            );

    [Fact]
    public void Any_text_is_a_keyring_or_told_to_be_none() =>
        Gen.OneOf(
                Gen.Byte.Array[0, 60],
                Gen.String[Gen.Char["{}[]\":,\\abdest05 "], 0, 60].Select(System.Text.Encoding.UTF8.GetBytes)
            )
            .Sample(
                text =>
                {
                    try
                    {
                        _ = KeyringDocument.Parse(text).Names;
                    }
                    catch (DamagedKeyringException)
                    {
                        // The one way in which it may fail.
                    }
                },
                iter: 2000
            );
}
