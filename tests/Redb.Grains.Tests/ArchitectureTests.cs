using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using Orleans.Placement;
using Redb.Abstractions.Services;
using Redb.Grains.Services;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Redb.Grains.Tests;

public sealed class ArchitectureTests
{
    private static readonly Architecture Redb = new ArchLoader()
        .LoadAssemblies(typeof(BackOff).Assembly, typeof(RestartPolicy).Assembly)
        .Build();

    // Without includeReferenced the framework's types are invisible and the rule can never fail.
    [Fact]
    public void Machines_touch_no_process_file_socket_or_clock() =>
        Types()
            .That()
            .HaveNameMatching("(Machine|Round|StopLadder|ProbeWatch)$")
            .Should()
            .NotDependOnAny(
                Types(includeReferenced: true)
                    .That()
                    .ResideInNamespaceMatching(@"^System\.(IO|Net|Diagnostics)")
                    .Or()
                    .AreAssignableTo(typeof(TimeProvider))
            )
            .Check(Redb);

    [Fact]
    public void Abstractions_know_no_implementation() =>
        Types()
            .That()
            .ResideInAssembly(typeof(RestartPolicy).Assembly)
            .Should()
            .NotDependOnAny(Types().That().ResideInAssembly(typeof(BackOff).Assembly))
            .Check(Redb);

    // The build would refuse a circle, but not an innocent reference to what only the silo or the tool may know.
    [Fact]
    public void Grains_know_neither_the_silo_nor_the_tool_nor_the_wire() =>
        typeof(BackOff)
            .Assembly.GetReferencedAssemblies()
            .Select(assembly => assembly.Name)
            .Where(name => name!.StartsWith("redb", StringComparison.OrdinalIgnoreCase))
            .Should()
            .Equal("Redb.Abstractions");

    [Fact]
    public void Grains_are_internal_and_sealed() =>
        Classes()
            .That()
            .ResideInAssembly(typeof(BackOff).Assembly)
            .And()
            .AreAssignableTo(typeof(Grain))
            .Should()
            .BeInternal()
            .AndShould()
            .BeSealed()
            .AndShould()
            .HaveNameEndingWith("Grain")
            .Check(Redb);

    // Silos do not tell each other how busy they are; a grain that names no placement would be placed by old news.
    [Fact]
    public void Every_grain_says_where_it_lives_and_none_lives_where_there_is_least_to_do()
    {
        var grains = typeof(BackOff).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(Grain))).ToList();

        grains.Should().Contain(grain => grain.Name == "MeshGrain", "else the rule sees nothing");
        grains
            .Where(grain =>
                grain.GetCustomAttribute<PlacementAttribute>()?.PlacementStrategy
                    is null
                        or ResourceOptimizedPlacement
                        or ActivationCountBasedPlacement
            )
            .Should()
            .BeEmpty();
    }

    [Fact]
    public void Nothing_leaves_the_turn_of_its_grain() =>
        CalledBy(typeof(BackOff).Assembly.Location)
            .Should()
            .Contain("Task.get_CompletedTask", "else the rule sees nothing")
            .And.NotContain(["Task.Run", "TaskFactory.StartNew", "Thread..ctor", "ThreadPool.QueueUserWorkItem"]);

    private static HashSet<string> CalledBy(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        return
        [
            .. metadata
                .MemberReferences.Select(metadata.GetMemberReference)
                .Where(member => member.Parent.Kind == HandleKind.TypeReference)
                .Select(member => $"{NameOf(member.Parent)}.{metadata.GetString(member.Name)}"),
        ];

        string NameOf(EntityHandle type) =>
            metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name);
    }
}
