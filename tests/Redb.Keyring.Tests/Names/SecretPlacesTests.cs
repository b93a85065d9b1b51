using Redb.Keyring.Names;

namespace Redb.Keyring.Tests.Names;

/// <summary>The table of the contract, section 5.4, with the paths of 5.3.</summary>
public sealed class SecretPlacesTests
{
    private const string Path = "/d/k.json";

    public static TheoryData<string, string, SecretName, string[]> Table { get; } =
        new()
        {
            // csharpier-ignore-start
            { "redb", "default", SecretName.DatabasePassword, ["/d/k.json redb-database:postgres-password"] },
            { "redb", "default", SecretName.NodePrivateKey, ["/d/k.json redb-node:node-private-key"] },
            { "redb", "default", SecretName.NodePublicKey, ["/d/k.json redb-node:node-public-key"] },
            { "redb", "default", SecretName.TenantJwtSecret("t1"), ["/d/k.json redb-security:tenant-jwt-secret-t1"] },
            { "redb", "default", SecretName.TenantPrivateKey("t1"), ["/d/k.json redb-security:tenant-private-key-t1"] },
            { "redb", "default", SecretName.TenantPublicKey("t1"), ["/d/k.json redb-security:tenant-public-key-t1"] },
            { "redb", "default", SecretName.NextDatabasePassword, ["/d/k.json redb-database:postgres-password-next"] },

            { "redb", "g", SecretName.DatabasePassword, [
                "/d/k-g.json redb-database-g:postgres-password", "/d/k-g.json redb-g-database:postgres-password",
                "/d/k.json-g redb-g-database:postgres-password", "/d/k.json-g redb-database-g:postgres-password"] },
            { "redb", "g", SecretName.NodePrivateKey, [
                "/d/k-g.json redb-g-node:node-private-key", "/d/k.json-g redb-g-node:node-private-key"] },
            { "redb", "g", SecretName.TenantJwtSecret("t1"), [
                "/d/k.json redb-security:tenant-jwt-secret-t1", "/d/k-g.json redb-g-security:tenant-jwt-secret-t1",
                "/d/k.json-g redb-g-security:tenant-jwt-secret-t1"] },
            { "redb", "g", SecretName.TenantPrivateKey("t1"), [
                "/d/k-g.json redb-security-g:tenant-private-key-t1", "/d/k-g.json redb-g-security:tenant-private-key-t1",
                "/d/k.json-g redb-g-security:tenant-private-key-t1", "/d/k.json-g redb-security-g:tenant-private-key-t1"] },
            { "redb", "g", SecretName.NextDatabasePassword, ["/d/k-g.json redb-g-database:postgres-password-next"] },

            { "acme", "default", SecretName.DatabasePassword, [
                "/d/k.json redb-database:postgres-password", "/d/k.json acme-database:postgres-password"] },
            { "acme", "default", SecretName.TenantJwtSecret("t1"), [
                "/d/k.json redb-security:tenant-jwt-secret-t1", "/d/k.json acme-security:tenant-jwt-secret-t1"] },
            { "acme", "default", SecretName.TenantPublicKey("t1"), [
                "/d/k.json redb-security:tenant-public-key-t1", "/d/k.json acme-security:tenant-public-key-t1"] },
            { "acme", "g", SecretName.DatabasePassword, [
                "/d/k-g.json redb-database-g:postgres-password", "/d/k-g.json acme-g-database:postgres-password",
                "/d/k.json-g acme-g-database:postgres-password", "/d/k.json-g redb-database-g:postgres-password"] },
            // csharpier-ignore-end
        };

    [Theory]
    [MemberData(nameof(Table), DisableDiscoveryEnumeration = true)]
    public void Every_secret_stands_wherever_somebody_looks_for_it(
        string serviceName,
        string group,
        SecretName secret,
        string[] expected
    ) =>
        new SecretPlaces(serviceName, group, KeyringPaths.Of(Path, group, "/home/ann"))
            .Of(secret)
            .Select(place => $"{place.File} {place.Name}")
            .Should()
            .Equal(expected);

    [Fact]
    public void Without_a_configured_path_both_spellings_of_a_named_group_are_in_one_file() =>
        new SecretPlaces("redb", "instance2", KeyringPaths.Of("", "instance2", "/home/ann"))
            .Of(SecretName.DatabasePassword)
            .Select(place => $"{place.File} {place.Name}")
            .Should()
            .Equal(
                "/home/ann/.local/share/redb/keyring-instance2.json redb-database-instance2:postgres-password",
                "/home/ann/.local/share/redb/keyring-instance2.json redb-instance2-database:postgres-password"
            );

    [Fact]
    public void The_services_of_a_group_are_all_that_its_places_name()
    {
        var places = new SecretPlaces("acme", "g", KeyringPaths.Of(Path, "g", ""));

        SecretName[] all =
        [
            SecretName.DatabasePassword,
            SecretName.NextDatabasePassword,
            SecretName.NodePrivateKey,
            SecretName.TenantPrivateKey("t"),
        ];

        places
            .Services()
            .Should()
            .Contain(all.SelectMany(secret => places.Of(secret)).Select(place => place.Name.Service));
    }

    [Fact]
    public void A_secret_is_known_by_the_second_part_of_its_name()
    {
        SecretName[] all =
        [
            SecretName.DatabasePassword,
            SecretName.NextDatabasePassword,
            SecretName.NodePrivateKey,
            SecretName.NodePublicKey,
            SecretName.TenantJwtSecret("t"),
            SecretName.TenantPrivateKey("t"),
            SecretName.TenantPublicKey("t"),
        ];

        all.Select(secret => SecretName.OfUser(secret.User)).Should().Equal(all);
        SecretName.OfUser("ann:access_token").Should().BeNull();
    }
}
