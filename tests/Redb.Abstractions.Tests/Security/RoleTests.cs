using System.Reflection;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Security;

namespace Redb.Abstractions.Tests.Security;

public sealed class RoleTests
{
    // Interfaces of observers are served by tools, not called by them.
    private static readonly MethodInfo[] CallableByTools =
    [
        .. typeof(GroupKey)
            .Assembly.GetExportedTypes()
            .Where(type =>
                type.IsInterface
                && type.IsAssignableTo(typeof(IAddressable))
                && !type.IsAssignableTo(typeof(IGrainObserver))
            )
            .SelectMany(type => type.GetMethods()),
    ];

    [Fact]
    public void Every_method_that_tools_can_call_says_which_role_it_needs() =>
        CallableByTools
            .Where(method => method.GetCustomAttribute<RequiresRoleAttribute>() is not { Role: > CallerRole.None })
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")
            .Should()
            .BeEmpty("a method without [RequiresRole] is refused to every tool of a cluster with certificates");

    [Fact]
    public void The_rule_sees_the_methods() => CallableByTools.Should().HaveCountGreaterThan(5);

    [Theory]
    [InlineData(nameof(IInstanceGroupGrain.GetViewAsync), CallerRole.Viewer)]
    [InlineData(nameof(IInstanceGroupGrain.StopAsync), CallerRole.Operator)]
    public void Who_reads_does_not_change(string method, CallerRole role) =>
        typeof(IInstanceGroupGrain)
            .GetMethod(method)!
            .GetCustomAttribute<RequiresRoleAttribute>()!
            .Role.Should()
            .Be(role);
}
