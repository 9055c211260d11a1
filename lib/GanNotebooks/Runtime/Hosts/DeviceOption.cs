namespace GanNotebooks;

/// <summary>Which device the user wants.</summary>
public enum DeviceOption
{
    /// <summary>CUDA when there is a device, otherwise the CPU.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>CUDA, or an error.</summary>
    Cuda,
}
