using GanNotebooks.Workbook.Reporting;

namespace GanNotebooks.Workbook.Tests.Hosts;

/// <summary>The comparison of hosts has power: one bit, one check or one table less, and it fails.</summary>
public sealed class HostRunTests
{
    private const string table = "<table class=\"gan-table gan-checks\" style=\"\"><td>1</td></table>";

    private static readonly HostRun ours = new([Found(0.1)], [table]);

    [Fact]
    public void AssertSame_SameChecksAndTables_Passes() =>
        HostRun.AssertSame(ours, new HostRun([Found(0.1)], [.. HostRun.TablesIn($"<div>{table}</div>")]));

    [Fact]
    public void AssertSame_LastBitDiffers_Fails() => AssertNoticed(ours with { Checks = [Found(Math.BitIncrement(0.1))] });

    [Fact]
    public void AssertSame_CheckMissing_Fails() => AssertNoticed(ours with { Checks = [] });

    [Fact]
    public void AssertSame_TableNotShown_Fails() => AssertNoticed(ours with { Tables = [] });

    private static void AssertNoticed(HostRun theirs) => Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => HostRun.AssertSame(ours, theirs));

    private static CheckReport Found(double value) =>
        new(0, "a tenth", "0.1", "0.1", "", true, "", value.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
}
