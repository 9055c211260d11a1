using GanNotebooks.Data;
using GanNotebooks.Studies;

namespace GanNotebooks.Tests.Studies;

/// <summary>The page on long runs lists what the registries hold.</summary>
public sealed class LongRunsPageTests
{
    public static TheoryData<string> Names =>
    [
        .. RecipeData.All.Select(d => d.Name), .. RecipeModel.All.Select(m => m.Name), .. CollapseSetup.All.Select(s => s.Name),
        RecordedGradients.Study, RecordedProbes.Study, RecordedStacked.Study, RecordedStuck.Study, RecordedOriginal.Study,
        RecordedLatent.Study, RecordedSwap.Study, RecordedFrames.Study,
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_EveryDataSetModelAndStudy_IsListed(string name) => Assert.Contains($"`{name}`",
        File.ReadAllText(Path.Combine(DataFolder.Find(), "..", "docs", "long-runs.md")), StringComparison.Ordinal);
}
