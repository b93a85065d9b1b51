using Redb.Initialization.Keyring;

namespace Redb.Initialization.Tests.Keyring;

public sealed class FreshSecretsTests
{
    // Fault 56. With the remainder of a random byte some would come a third more often than others.
    [Fact]
    public void Every_character_of_a_password_is_equally_likely()
    {
        const int Passwords = 5000;

        var counts = Enumerable
            .Range(0, Passwords)
            .SelectMany(_ => FreshSecrets.Password())
            .CountBy(character => character)
            .ToDictionary();

        counts.Keys.Should().BeEquivalentTo(FreshSecrets.PasswordCharacters);
        var expected = Passwords * FreshSecrets.PasswordLength / (double)FreshSecrets.PasswordCharacters.Length;

        // Six times the deviation that chance has: a fair generator fails once in millions of runs.
        counts.Values.Should().OnlyContain(count => Math.Abs(count - expected) < 6 * Math.Sqrt(expected));
    }

    [Fact]
    public void No_two_passwords_and_no_two_token_secrets_are_the_same()
    {
        string[] secrets =
        [
            .. Enumerable.Range(0, 100).SelectMany(_ => new[] { FreshSecrets.Password(), FreshSecrets.TokenSecret() }),
        ];

        secrets.Should().OnlyHaveUniqueItems();
        Convert.FromBase64String(secrets[1]).Should().HaveCount(64);
    }

    [Fact]
    public void The_public_half_of_a_key_is_found_again_and_of_what_is_none_is_not()
    {
        var key = FreshSecrets.PrivateKey();

        key.Should().StartWith("-----BEGIN RSA PRIVATE KEY-----");
        FreshSecrets.PublicKeyOf(key).Should().StartWith("-----BEGIN PUBLIC KEY-----");
        FreshSecrets.PublicKeyOf("no key").Should().BeNull();
    }
}
