using Redb.Abstractions.Configuration;

namespace Redb.Configuration.Tests.Rules;

public sealed class ClusterRulesTests
{
    private const string Reachable = "provider: postgres, advertised_address: 10.0.0.1";
    private const string Certificates = "tls: {ca: ca.pem, certificate: host.pem, key: host.key}";

    [Fact]
    public void Supervisors_of_one_machine_need_no_settings()
    {
        var cluster = Given.Good(Given.Minimum, ("XDG_DATA_HOME", "/data")).Cluster;

        cluster.Should().Be(new ClusterConfiguration { Directory = "/data/redb/cluster" });
    }

    [Theory]
    [InlineData("")]
    [InlineData(", insecure: false")]
    public void What_other_machines_reach_needs_certificates(string more) =>
        Problems($"{Reachable}{more}")
            .Should()
            .ContainSingle()
            .Which.Should()
            .Contain("cluster.advertised_address: other machines reach 10.0.0.1")
            .And.Contain("redbctl certs");

    [Theory]
    [InlineData(Reachable + ", insecure: true")]
    [InlineData(Reachable + ", " + Certificates)]
    [InlineData("provider: postgres, advertised_address: 127.0.0.2")]
    [InlineData("provider: postgres, advertised_address: \"::1\"")]
    public void What_is_protected_local_or_meant_to_be_open_is_fine(string cluster) =>
        Problems(cluster).Should().BeEmpty();

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("\"::\"")]
    public void Nobody_can_connect_to_every_address_at_once(string address) =>
        Problems($"insecure: true, advertised_address: {address}")
            .Should()
            .ContainSingle()
            .Which.Should()
            .Contain("no address that others can connect to");

    [Fact]
    public void Certificates_come_together() =>
        Problems("tls: {ca: ca.pem, key: host.key}")
            .Should()
            .ContainSingle()
            .Which.Should()
            .EndWith("cluster.tls: needs all three files; cluster.tls.certificate is missing");

    [Fact]
    public void A_password_comes_from_the_environment_alone()
    {
        Problems("provider: postgres, connection: {password: hidden}")
            .Should()
            .ContainSingle()
            .Which.Should()
            .Contain("unknown key");

        Given
            .Good(Given.Minimum, ("REDB_CLUSTER_PASSWORD", "hidden"))
            .Cluster.Connection.Password.Should()
            .Be("hidden");
    }

    [Fact]
    public void The_clusters_database_is_where_the_nodes_is_unless_it_is_said()
    {
        var said = new ClusterConnectionConfiguration
        {
            Host = "there",
            Port = 5000,
            User = "someone",
        };
        var node = "database: {name: a, user: redb_a, postgres: {host: here, port: 5001}}";

        var own = Given.Good($"{node}\ncluster: {{provider: postgres}}").Cluster.Connection;
        var other = Given
            .Good($"{node}\ncluster: {{provider: postgres, connection: {{host: there, port: 5000, user: someone}}}}")
            .Cluster.Connection;

        own.Should().Be(said with { Host = "here", Port = 5001, User = "redb_a" });
        other.Should().Be(said);
    }

    [Theory]
    [InlineData("restart_delay: 9ms", "restart_delay: must be a duration from 10ms")]
    [InlineData("restart_delay: 2m", "restart_max_delay (1m0s) must be at least restart_delay (2m0s)")]
    [InlineData("restart_max_delay: 1s", "restart_max_delay (1s) must be at least restart_delay (5s)")]
    [InlineData("join_max_delay: 24h1s", "join_max_delay: must be a duration from 0s to 24h0m0s")]
    [InlineData("join_patience: 61s", "join_patience: must be a duration from 0s to 1m0s")]
    [InlineData("join_max_delay: soon", "join_max_delay: \"soon\"")]
    [InlineData("provider: postgres, connection: {timeout: 999ms}", "timeout: must be a duration from 1s to 1m0s")]
    [InlineData("provider: postgres, connection: {timeout: 61s}", "timeout: must be a duration from 1s to 1m0s")]
    public void What_makes_no_sense_is_refused(string cluster, string problem) =>
        Problems(cluster).Should().ContainSingle().Which.Should().Contain(problem);

    [Fact]
    public void An_island_waits_as_long_for_what_starts_as_a_startup_probe_does_unless_it_is_said()
    {
        Given.Good(Given.Minimum).Cluster.JoinMaxDelay.Should().Be(TimeSpan.FromMinutes(1));
        Given.Good($"{Given.Minimum}cluster: {{join_max_delay: 0s}}").Cluster.JoinMaxDelay.Should().Be(TimeSpan.Zero);
        Given
            .Good($"{Given.Minimum}cluster: {{join_max_delay: 24h}}")
            .Cluster.JoinMaxDelay.Should()
            .Be(TimeSpan.FromDays(1));
    }

    [Fact]
    public void A_database_that_nobody_uses_is_warned_of() =>
        Problems("connection: {host: db}")
            .Should()
            .ContainSingle()
            .Which.Should()
            .EndWith("warning: cluster.connection: has no effect: only cluster.provider postgres uses a database");

    [Theory]
    [InlineData("silo_port: 5000, gateway_port: 5000", "gateway_port: port 5000 is already used by cluster.silo_port")]
    [InlineData("silo_port: 50000", "silo_port: port 50000 is already used by supervisor.port")]
    public void A_fixed_port_is_nobody_elses(string cluster, string problem) =>
        Problems(cluster).Should().ContainSingle().Which.Should().Contain(problem);

    [Theory]
    [InlineData("a/b")]
    [InlineData("a#b")]
    [InlineData("\"\"")]
    public void The_name_of_a_host_separates_no_keys(string name) =>
        Problems($"host_name: {name}")
            .Should()
            .ContainSingle()
            .Which.Should()
            .Contain("must be 1 to 63 letters, digits, -, _ or .");

    [Fact]
    public void The_files_of_one_supervisor_name_one_cluster()
    {
        var set = ConfigurationReader.ReadFiles([
            Named("one.yaml", "a", 0, "{}"),
            Named("two.yaml", "b", 1000, "{}"),
            Named("three.yaml", "c", 2000, "{failure_detection: fast}"),
        ]);

        set.Problems.Should()
            .ContainSingle()
            .Which.ToString()
            .Should()
            .StartWith("three.yaml:4:1: cluster: differs from that of one.yaml:4:1 (cluster)");
    }

    private static string[] Problems(string cluster) => Given.Problems($"{Given.Minimum}cluster: {{{cluster}}}\n");

    private static ReaderInput Named(string file, string group, int offset, string cluster) =>
        Given.File(
            $"database: {{name: {group}}}\ninstance_group: {{group_id: {group}, port_offset: {offset}}}\n\ncluster: {cluster}\n"
        ) with
        {
            File = file,
        };
}
