using static TorchSharp.torch;

namespace GanNotebooks.Interop;

/// <summary>The type of a tensor's numbers, with its names in files.</summary>
/// <param name="Type">TorchSharp's name.</param>
/// <param name="Size">Bytes per number.</param>
/// <param name="Safetensors">The name in a safetensors header; null where that format has none.</param>
/// <param name="Storage">The storage class in a pickle, <c>torch.FloatStorage</c>.</param>
/// <param name="Torch">The dtype in Python, <c>torch.float32</c>.</param>
internal sealed record ElementType(ScalarType Type, int Size, string? Safetensors, string Storage, string Torch)
{
    /// <summary>
    /// All that TorchSharp can hold, in the order in which safetensors sorts: the larger the alignment the earlier, and within one
    /// alignment as the reference implementation has it, so that the same tensors give the same file.
    /// </summary>
    public static IReadOnlyList<ElementType> All { get; } =
    [
        new(ScalarType.ComplexFloat64, 16, null, "ComplexDoubleStorage", "complex128"),
        new(ScalarType.Int64, 8, "I64", "LongStorage", "int64"),
        new(ScalarType.Float64, 8, "F64", "DoubleStorage", "float64"),
        new(ScalarType.ComplexFloat32, 8, "C64", "ComplexFloatStorage", "complex64"),
        new(ScalarType.Float32, 4, "F32", "FloatStorage", "float32"),
        new(ScalarType.Int32, 4, "I32", "IntStorage", "int32"),
        new(ScalarType.BFloat16, 2, "BF16", "BFloat16Storage", "bfloat16"),
        new(ScalarType.Float16, 2, "F16", "HalfStorage", "float16"),
        new(ScalarType.Int16, 2, "I16", "ShortStorage", "int16"),
        new(ScalarType.Int8, 1, "I8", "CharStorage", "int8"),
        new(ScalarType.Byte, 1, "U8", "ByteStorage", "uint8"),
        new(ScalarType.Bool, 1, "BOOL", "BoolStorage", "bool"),
    ];

    /// <summary>The place in <see cref="All"/>.</summary>
    public int Order => All.Index().First(e => e.Item == this).Index;

    /// <summary>The entry of a type; null for what no file can hold (quantised numbers).</summary>
    public static ElementType? Of(ScalarType type) => All.FirstOrDefault(e => e.Type == type);
}
