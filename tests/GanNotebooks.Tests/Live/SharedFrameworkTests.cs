using GanNotebooks.Live;

namespace GanNotebooks.Tests.Live;

/// <summary>Where ASP.NET Core is taken from in a host that was started without it.</summary>
public sealed class SharedFrameworkTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Find_SeveralVersions_TakesTheNewestOfTheRuntimesMajorVersion()
    {
        int major = Environment.Version.Major;
        string runtime = Directory.CreateDirectory(folder.File($"shared/Microsoft.NETCore.App/{major}.0.1")).FullName;
        Assert.Null(SharedFramework.Find(runtime));
        foreach (string version in new[] { $"{major}.0.2", $"{major}.0.10", $"{major}.0.9-rc.1", $"{major - 1}.0.99", $"{major + 1}.0.0",
            "none" })
        {
            Directory.CreateDirectory(folder.File($"shared/Microsoft.AspNetCore.App/{version}"));
        }

        Assert.Equal(folder.File($"shared/Microsoft.AspNetCore.App/{major}.0.10"), SharedFramework.Find(runtime));
    }

    [Fact]
    public void Missing_Folder_NamesItAndTheRemedy()
    {
        string message = SharedFramework.Missing(folder.File("shared/Microsoft.NETCore.App/10.0.1"));
        Assert.Contains(folder.File("shared"), message, StringComparison.Ordinal);
        Assert.Contains($"Install the .NET {Environment.Version.Major} SDK", message, StringComparison.Ordinal);
    }
}
