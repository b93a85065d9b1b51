using System.Collections.Immutable;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Services;

namespace Redb.Configuration.Tests.Rules;

public sealed class DependencyRulesTests
{
    private static readonly string[] All =
    [
        "security",
        "unifiedmodel",
        "webhook",
        "transformation",
        "mesh",
        "anchor",
        "stream",
        "core",
        "integration",
        "clientapi",
        "mcpserver",
    ];

    [Theory]
    [InlineData("security", "")]
    [InlineData("unifiedmodel", "")]
    [InlineData("webhook", "")]
    [InlineData("transformation", "")]
    [InlineData("mesh", "security unifiedmodel webhook transformation")]
    [InlineData("anchor", "mesh")]
    [InlineData("stream", "mesh anchor")]
    [InlineData("core", "mesh anchor")]
    [InlineData("integration", "core")]
    [InlineData("clientapi", "core")]
    [InlineData("mcpserver", "core")]
    public void ReDB_services_know_their_order(string service, string dependencies)
    {
        var services = Read(string.Concat(All.Select(static name => $"  {name}: {{enabled: true}}\n")));

        Names(services, service).Should().Be(dependencies);
    }

    [Fact]
    public void A_built_in_dependency_on_what_takes_no_part_is_dropped() =>
        Names(Read("  core: {enabled: true}\n  mesh: {enabled: false}\n"), "core").Should().BeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("~")]
    public void A_written_key_replaces_the_built_in_order(string value) =>
        Names(Read($"  mesh: {{enabled: true}}\n  core:\n    enabled: true\n    dependencies: {value}\n"), "core")
            .Should()
            .BeEmpty();

    [Fact]
    public void A_dependency_may_say_what_its_loss_means()
    {
        var services = Read(
            "  a: {enabled: true}\n  b: {enabled: true}\n  c: {enabled: true, dependencies: [a, {service: b, on_lost: hold}]}\n"
        );

        services[2]
            .Dependencies.Should()
            .Equal(new DependencyConfiguration("a"), new DependencyConfiguration("b", OnLost.Hold));
    }

    [Fact]
    public void An_unknown_dependency_is_a_problem_with_the_nearest_name() =>
        Problems("  mesh: {}\n  core: {dependencies: [mehs]}\n")
            .Should()
            .Equal(
                "config.yaml:4:25: services.core.dependencies[0]: no service is called \"mehs\"; did you mean \"mesh\"?"
            );

    [Fact]
    public void A_disabled_dependency_is_a_problem() =>
        Problems("  mesh: {}\n  core: {enabled: true, dependencies: [mesh]}\n")
            .Should()
            .Equal(
                "config.yaml:4:40: services.core.dependencies[0]: \"mesh\" is not enabled, so \"core\" could never start; enable it or remove the dependency"
            );

    [Fact]
    public void A_dependency_named_twice_is_a_problem() =>
        Problems("  a: {enabled: true}\n  b: {enabled: true, dependencies: [a, {service: a}]}\n")
            .Should()
            .Equal("config.yaml:4:40: services.b.dependencies[1]: \"a\" is already in the list");

    [Fact]
    public void A_dependency_without_a_name_is_a_problem() =>
        Problems("  b: {dependencies: [{on_lost: hold}]}\n")
            .Should()
            .ContainSingle()
            .Which.Should()
            .StartWith("config.yaml:3:22: services.b.dependencies[0].service: is required");

    [Fact]
    public void A_circle_is_printed_with_the_place_of_each_step() =>
        Problems(
                "  core: {enabled: true, dependencies: [anchor]}\n  anchor:\n    enabled: true\n    dependencies:\n      - core\n"
            )
            .Should()
            .Equal(
                "config.yaml:3:40: services.core.dependencies[0]: services wait for each other: core -> anchor -> core (services.core.dependencies[0] in line 3, services.anchor.dependencies[0] in line 7)"
            );

    [Fact]
    public void A_circle_through_a_built_in_step_is_found() =>
        Problems("  mesh: {enabled: true, dependencies: [core]}\n  core: {enabled: true}\n")
            .Should()
            .ContainSingle()
            .Which.Should()
            .Contain("mesh -> core -> mesh");

    [Fact]
    public void A_service_that_waits_for_itself_is_a_circle() =>
        Problems("  a: {enabled: true, dependencies: [a]}\n").Should().ContainSingle().Which.Should().Contain("a -> a");

    [Fact]
    public void Each_circle_is_found_once() =>
        Problems(
                "  a: {enabled: true, dependencies: [b]}\n  b: {enabled: true, dependencies: [a]}\n"
                    + "  c: {enabled: true, dependencies: [a, d]}\n  d: {enabled: true, dependencies: [c]}\n"
            )
            .Should()
            .HaveCount(2);

    [Fact]
    public void A_circle_of_services_that_take_no_part_is_nobodys_problem() =>
        Problems("  a: {dependencies: [b]}\n  b: {dependencies: [a]}\n").Should().BeEmpty();

    [Fact]
    public void A_circle_broken_by_a_disabled_service_is_only_told_of_that() =>
        Problems("  a: {enabled: true, dependencies: [b]}\n  b: {dependencies: [a]}\n")
            .Should()
            .ContainSingle()
            .Which.Should()
            .Contain("\"b\" is not enabled");

    private static string Names(IEnumerable<ServiceConfiguration> services, string name) =>
        string.Join(
            ' ',
            services
                .Single(service => string.Equals(service.Name, name, StringComparison.Ordinal))
                .Dependencies.Select(static edge => edge.Service)
        );

    private static ImmutableArray<ServiceConfiguration> Read(string services) =>
        Given.Good($"{Given.Minimum}services:\n{services}").Services;

    private static string[] Problems(string services) => Given.Problems($"{Given.Minimum}services:\n{services}");
}
