using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace GanNotebooks.Live;

/// <summary>Collects the numbers and arrays of one frame, and writes them as one binary message.</summary>
internal sealed class FrameData
{
    private readonly List<float[]> blocks = [];
    private readonly Dictionary<string, float[]> byName = new(StringComparer.Ordinal);
    private readonly JsonArray runs = [];
    private int floats;

    /// <summary>The array that was added last under a name.</summary>
    public float[] this[string name] => byName[name];

    /// <summary>Adds a run; <see cref="Add"/> then adds to it.</summary>
    public JsonObject Begin(string id)
    {
        var run = new JsonObject { ["id"] = id, ["numbers"] = new JsonObject(), ["arrays"] = new JsonObject() };
        runs.Add(run);
        return run;
    }

    /// <summary>Adds an array to a run.</summary>
    /// <param name="run">The run, of <see cref="Begin"/>.</param>
    /// <param name="name">Name of the array.</param>
    /// <param name="values">The numbers.</param>
    /// <param name="shape">Its shape.</param>
    public void Add(JsonObject run, string name, float[] values, params ReadOnlySpan<int> shape)
    {
        var place = new JsonArray(floats);
        foreach (int size in shape)
            place.Add(size);
        run["arrays"]![name] = place;
        blocks.Add(values);
        byName[name] = values;
        floats += values.Length;
    }

    /// <summary>Writes the message: length of the header, header, padding to four bytes, numbers.</summary>
    public byte[] Write(int number)
    {
        byte[] header = System.Text.Encoding.UTF8.GetBytes(
            new JsonObject { ["frame"] = number, ["runs"] = runs }.ToJsonString(Finite.Json));
        int start = (sizeof(int) + header.Length + 3) / 4 * 4;
        byte[] message = new byte[start + floats * sizeof(float)];
        BinaryPrimitives.WriteUInt32LittleEndian(message, (uint)header.Length);
        header.CopyTo(message, sizeof(int));
        int at = start;
        foreach (float[] block in blocks)
        {
            MemoryMarshal.AsBytes(block.AsSpan()).CopyTo(message.AsSpan(at));
            at += block.Length * sizeof(float);
        }
        return message;
    }
}
