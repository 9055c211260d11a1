namespace GanNotebooks;

/// <summary>The device that the user requests.</summary>
public enum DeviceOption
{
    /// <summary>CUDA when there is a device, otherwise the CPU.</summary>
    Auto,

    /// <summary>Always use the CPU.</summary>
    Cpu,

    /// <summary>CUDA, or an error.</summary>
    Cuda,
}
