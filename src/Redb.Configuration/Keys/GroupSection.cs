using System.Text.RegularExpressions;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;
using Redb.Configuration.Reading;
using Redb.Configuration.Shapes;

namespace Redb.Configuration.Keys;

/// <summary>The <c>instance_group</c> section.</summary>
internal static partial class GroupSection
{
    private static readonly InstanceGroupConfiguration Default = new();

    private static readonly TextShape Names = new() { Words = "1 to 63 letters, digits, - or _", Pattern = Name() };

    private static readonly Key<string> GroupId = new(
        "group_id",
        Names,
        Default.GroupId,
        "Name of the group, unique on its host; exported as REDB_INSTANCE_GROUP_ID."
    )
    {
        Variable = "REDB_INSTANCE_GROUP_ID",
    };

    private static readonly Key<int> PortOffset = new(
        "port_offset",
        new WholeShape<int>(-PortTable.Highest, PortTable.Highest),
        Default.PortOffset,
        "Added to every configured port."
    );

    private static readonly Key<bool> OffsetExternalPorts = new(
        "offset_external_ports",
        new FlagShape(),
        Default.OffsetExternalPorts,
        "Whether the offset also moves mesh --listen, external_port and rest_api_port."
    );

    public static Section Section { get; } = new("instance_group", [GroupId, PortOffset, OffsetExternalPorts]);

    public static InstanceGroupConfiguration Read(SectionReader section) =>
        new()
        {
            GroupId = section.Get(GroupId),
            PortOffset = section.Get(PortOffset),
            OffsetExternalPorts = section.Get(OffsetExternalPorts),
        };

    [GeneratedRegex("^[A-Za-z0-9_-]{1,63}$", RegexOptions.None, TextShape.PatternTimeout)]
    private static partial Regex Name();
}
