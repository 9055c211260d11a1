using GanNotebooks.Workbook.Doctor;

namespace GanNotebooks.Workbook.Tests;

public sealed class CudaChecksTests
{
    [Theory]
    [InlineData(false, false, null, null, null, "Optional", "Everything runs on the CPU")]
    [InlineData(false, false, "570.86", "12.8", null, "Optional", "-p:TorchBackend=cuda")]
    [InlineData(true, false, null, null, "12.0", "Warning", "there is no NVIDIA driver")]
    [InlineData(true, false, "470.10", "11.4", "12.0", "Warning", "it knows CUDA 11.4, libtorch needs 12.0")]
    [InlineData(true, false, "570.86", "12.2", "12.8", "Warning", "CUDA_VISIBLE_DEVICES")]
    [InlineData(true, true, "570.86", "12.8", "12.8", "Good", "")]
    public void Explain_DriverAndPackage_SaysWhatToDo(bool package, bool works, string? driver, string? driverCuda, string? packageCuda,
        string health, string remedy)
    {
        var diagnosis = CudaChecks.Explain(package, works, driver, driverCuda, packageCuda);
        Assert.Equal(health, diagnosis.Health.ToString());
        Assert.Contains(remedy, diagnosis.Remedy, StringComparison.Ordinal);
        Assert.Equal(remedy == "", diagnosis.Remedy == "");
    }
}
