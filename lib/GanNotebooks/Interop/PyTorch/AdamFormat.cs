using TorchSharp;
using static TorchSharp.torch;

namespace GanNotebooks.Interop;

/// <summary>
/// Adam's state dict as PyTorch has it: <c>{"state": {0: {"step", "exp_avg", "exp_avg_sq"}, ...}, "param_groups": [{"lr", "betas", "eps",
/// ..., "params": [0, ...]}]}</c>. Source: torch.optim.Optimizer.state_dict.
/// </summary>
internal static class AdamFormat
{
    /// <summary>The dictionary to pickle.</summary>
    /// <param name="state">The state.</param>
    /// <param name="tensor">Describes a tensor and takes note of its numbers.</param>
    public static PickleDictionary Compose(AdamState state, Func<Tensor, TensorReference> tensor)
    {
        var perParameter = new PickleDictionary(isOrderedDict: false);
        for (int i = 0; i < state.Parameters.Count; i++)
        {
            if (!state.Moments.TryGetValue(state.Parameters[i], out var moments))
                continue;
            var step = torch.tensor((float)moments.Updates); // a float tensor since torch 1.12
            perParameter.TryAdd((long)i,
                Dictionary(("step", tensor(step)), ("exp_avg", tensor(moments.Mean)), ("exp_avg_sq", tensor(moments.Square))));
        }
        var group = Dictionary(
            ("lr", state.LearningRate), ("betas", new PickleTuple(state.Beta1, state.Beta2)), ("eps", state.Epsilon),
            ("weight_decay", state.WeightDecay), ("amsgrad", false),
            ("maximize", false), ("foreach", null), ("capturable", false), ("differentiable", false), ("fused", null),
            ("params", new List<object?>(Enumerable.Range(0, state.Parameters.Count).Select(i => (object?)(long)i))));
        return Dictionary(("state", perParameter), ("param_groups", new List<object?> { group }));
    }

    /// <summary>Reads the dictionary.</summary>
    /// <param name="root">The object that the pickle built.</param>
    /// <param name="names">Names of the parameters; null numbers them.</param>
    /// <param name="tensor">Loads a tensor.</param>
    /// <param name="file">The name of the file, for messages.</param>
    /// <exception cref="InteropException">The state does not belong to such an optimiser.</exception>
    public static AdamState Read(object? root, IReadOnlyList<string>? names, Func<TensorReference, Tensor> tensor, string file)
    {
        if (Item(root, "state") is not PickleDictionary perParameter || Item(root, "param_groups") is not List<object?> groups)
            throw new InteropException(file, "this is not the state dict of an optimiser: it needs \"state\" and \"param_groups\"");
        if (groups is not [PickleDictionary group])
            throw new InteropException(file, $"the optimiser has {groups.Count} groups of parameters; one is read");
        if (Item(group, "params") is not List<object?> indices || !indices.All(i => i is long))
            throw new InteropException(file, "the optimiser's group has no list of parameters");
        if (names is not null && names.Count != indices.Count)
            throw new InteropException(file, $"the optimiser has {indices.Count} parameters, and {names.Count} are expected");
        if (Item(group, "amsgrad") is true)
            throw new InteropException(file, "the optimiser is the variant AMSGrad, which is not read");
        string[] parameters = [.. names ?? indices.Select(i => i!.ToString()!)];
        var moments = new Dictionary<string, AdamMoments>();
        for (int i = 0; i < parameters.Length; i++)
        {
            if (perParameter.TryGetValue(indices[i]!, out object? of) && of is not PickleDictionary { Count: 0 })
                moments[parameters[i]] = Moments(of, parameters[i], tensor, file);
        }
        return Settings(new(parameters, moments), group, file);
    }

    private static AdamState Settings(AdamState state, PickleDictionary group, string file)
    {
        if (Item(group, "lr") is not double rate || Item(group, "betas") is not PickleTuple { Items: [double beta1, double beta2] }
            || Item(group, "eps") is not double epsilon)
        {
            throw new InteropException(file, "the optimiser's group has no numbers lr, betas and eps: it is no Adam");
        }

        double decay = Item(group, "weight_decay") switch { double real => real, long whole => whole, _ => 0 };
        return state with { LearningRate = rate, Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon, WeightDecay = decay };
    }

    private static AdamMoments Moments(object? of, string name, Func<TensorReference, Tensor> tensor, string file)
    {
        if (Item(of, "exp_avg") is not TensorReference mean || Item(of, "exp_avg_sq") is not TensorReference square
            || !mean.Size.SequenceEqual(square.Size))
        {
            throw new InteropException(file, $"the optimiser has no exp_avg and exp_avg_sq of one shape for {Quoted.Name(name)}");
        }

        return new(tensor(mean), tensor(square), Steps(Item(of, "step"), tensor)
            ?? throw new InteropException(file, $"the optimiser has no step count for {Quoted.Name(name)}"));
    }

    private static long? Steps(object? step, Func<TensorReference, Tensor> tensor)
    {
        if (step is long whole)
            return whole;
        if (step is not TensorReference
            {
                Size: [],
                Storage.Element.Type: ScalarType.Float32 or ScalarType.Float64 or ScalarType.Int64
            } reference)
        {
            return null;
        }

        using var value = tensor(reference).to(float64);
        double count = value.item<double>();
        return count is >= 0 and < 1L << 53 ? (long)count : null;
    }

    private static object? Item(object? dictionary, string key) =>
        dictionary is PickleDictionary d && d.TryGetValue(key, out object? value) ? value : null;

    private static PickleDictionary Dictionary(params (string Key, object? Value)[] items)
    {
        var dictionary = new PickleDictionary(isOrderedDict: false);
        foreach (var (key, value) in items)
            dictionary.TryAdd(key, value);
        return dictionary;
    }
}
