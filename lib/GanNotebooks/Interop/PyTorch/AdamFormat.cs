using System.Globalization;
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
        ExpectAdam(group, file);
        string[] parameters = [.. names ?? indices.Select(i => i!.ToString()!)];
        var moments = new Dictionary<string, AdamMoments>();
        for (int i = 0; i < parameters.Length; i++)
        {
            if (perParameter.TryGetValue(indices[i]!, out object? of) && of is not PickleDictionary { Count: 0 })
                moments[parameters[i]] = Moments(of, parameters[i], tensor, file);
        }
        return Settings(new(parameters, moments), group, tensor, file);
    }

    // torch.optim's relatives of Adam write groups with lr, betas and eps, too. Adam's own has had an amsgrad since torch 0.4; a group of
    // nothing but what is read here was made by hand.
    private static void ExpectAdam(PickleDictionary group, string file)
    {
        if (Item(group, "amsgrad") is not (false or null))
            throw new InteropException(file, "the optimiser is the variant AMSGrad, which is not read (amsgrad: True)");
        if (Item(group, "maximize") is not (false or null))
            throw new InteropException(file, "the optimiser climbs (maximize: True), which TorchSharp's Adam does not");
        if (Item(group, "decoupled_weight_decay") is not (false or null))
            throw new InteropException(file, "the optimiser is AdamW (decoupled_weight_decay: True), which is not read");
        if (Item(group, "momentum_decay") is not null)
            throw new InteropException(file, "the optimiser is NAdam (momentum_decay), which is not read");
        bool hasMore = group.Items.Any(i => i.Key is not ("lr" or "betas" or "eps" or "params" or "initial_lr"));
        if (hasMore && !group.TryGetValue("amsgrad", out _))
            throw new InteropException(file, "the optimiser's group has no amsgrad: it is no Adam, but RAdam, Adamax or another relative");
    }

    private static AdamState Settings(AdamState state, PickleDictionary group, Func<TensorReference, Tensor> tensor, string file)
    {
        object?[] betas = Item(group, "betas") switch { PickleTuple tuple => tuple.Items, List<object?> list => [.. list], _ => [] };
        if (betas.Length != 2 || Item(group, "lr") is null || Item(group, "eps") is null)
            throw new InteropException(file, "the optimiser's group has no numbers lr, betas and eps: it is no Adam");
        double Setting(string name, object? value, double below)
        {
            double number = Number(value, tensor) ?? throw new InteropException(file,
                $"{name} of the optimiser is not one number but {PickleText.Refusal(value)}");
            return number >= 0 && number < below ? number : throw new InteropException(file,
                FormattableString.Invariant($"{name} of the optimiser is {number}; it must be a number from 0 to less than {below}"));
        }

        return state with
        {
            LearningRate = Setting("lr", Item(group, "lr"), double.PositiveInfinity),
            Beta1 = Setting("the first beta", betas[0], 1),
            Beta2 = Setting("the second beta", betas[1], 1),
            Epsilon = Setting("eps", Item(group, "eps"), double.PositiveInfinity),
            WeightDecay = Setting("weight_decay", Item(group, "weight_decay") ?? 0.0, double.PositiveInfinity),
        };
    }

    // Python takes 1 for 1.0; a compiled optimiser keeps its settings in tensors with one element.
    private static double? Number(object? value, Func<TensorReference, Tensor> tensor)
    {
        switch (value)
        {
            case double real: return real;
            case long whole: return whole;
            case TensorReference reference when TensorShape.Elements(reference.Size) == 1
                && reference.Storage.Element.Type is not (ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64 or ScalarType.Bool):
                using (var one = tensor(reference).to(float64).reshape(1))
                    return one.item<double>();
            default: return null;
        }
    }

    private static AdamMoments Moments(object? of, string name, Func<TensorReference, Tensor> tensor, string file)
    {
        if (Item(of, "exp_avg") is not TensorReference mean || Item(of, "exp_avg_sq") is not TensorReference square
            || !mean.Size.SequenceEqual(square.Size))
        {
            throw new InteropException(file, $"the optimiser has no exp_avg and exp_avg_sq of one shape for {Quoted.Name(name)}"
                + (Item(of, "exp_inf") is not null ? ": it is Adamax" : ""));
        }

        if (Item(of, "mu_product") is not null)
            throw new InteropException(file, "the optimiser is NAdam (mu_product), which is not read");
        object? step = Item(of, "step");
        double? steps = Number(step, tensor);
        if (steps is not (>= 0 and < 1L << 53) || steps != Math.Floor(steps.Value))
        {
            throw new InteropException(file,
                $"the optimiser has no step count for {Quoted.Name(name)}: its step is "
                    + (steps is { } number ? string.Create(CultureInfo.InvariantCulture, $"{number}") : PickleText.Refusal(step)));
        }

        return new(tensor(mean), tensor(square), (long)steps.Value);
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
