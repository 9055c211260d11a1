using System.Globalization;
using GanNotebooks.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Interop;

/// <summary>The state of TorchSharp's Adam, out and in.</summary>
internal static class OptimizerState
{
    /// <summary>The state, with the optimiser's own tensors.</summary>
    public static AdamState Of(Adam optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        var (options, states) = Parts(optimizer);
        string[] names = [.. Enumerable.Range(0, states.Count).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        var moments = names.Zip(states).Where(s => s.Second.step > 0)
            .ToDictionary(s => s.First, s => new AdamMoments(s.Second.exp_avg, s.Second.exp_avg_sq, s.Second.step));
        var defaults = new AdamState(names, moments);
        return defaults with
        {
            LearningRate = options.LearningRate ?? defaults.LearningRate,
            Beta1 = options.beta1 ?? defaults.Beta1,
            Beta2 = options.beta2 ?? defaults.Beta2,
            Epsilon = options.eps ?? defaults.Epsilon,
            WeightDecay = options.weight_decay ?? defaults.WeightDecay,
        };
    }

    /// <summary>Puts a state into the optimiser.</summary>
    /// <exception cref="InteropException">The state belongs to other parameters; nothing was changed.</exception>
    public static void Load(Adam optimizer, AdamState state, string file)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        var (options, states) = Parts(optimizer);
        var parameters = optimizer.parameters().ToList();
        if (states.Count != state.Parameters.Count)
            throw new InteropException(file, $"the optimiser has {states.Count} parameters, the file {state.Parameters.Count}");
        for (int i = 0; i < states.Count; i++)
        {
            if (state.Moments.TryGetValue(state.Parameters[i], out var found) && !found.Mean.shape.SequenceEqual(parameters[i].shape))
            {
                throw new InteropException(file,
                    $"parameter {i} of the optimiser has the shape {Shape.Text(parameters[i].shape)}, in the file "
                        + $"{Shape.Text(found.Mean.shape)}");
            }
        }
        using var noGradient = no_grad();
        for (int i = 0; i < states.Count; i++)
            Load(states[i], state.Moments.GetValueOrDefault(state.Parameters[i]));
        (options.LearningRate, options.beta1, options.beta2, options.eps, options.weight_decay) =
            (state.LearningRate, state.Beta1, state.Beta2, state.Epsilon, state.WeightDecay);
    }

    private static void Load(Adam.State target, AdamMoments? moments)
    {
        target.step = moments?.Updates ?? 0;
        if (moments is null)
        {
            target.exp_avg.zero_();
            target.exp_avg_sq.zero_();
            return;
        }
        target.exp_avg.copy_(moments.Mean);
        target.exp_avg_sq.copy_(moments.Square);
    }

    // state_dict() hands out the optimiser's own objects.
    private static (Adam.Options Options, List<Adam.State> States) Parts(Adam optimizer)
    {
        var dictionary = optimizer.state_dict();
        if (dictionary.Options is not [Adam.Options options])
        {
            throw new ArgumentException($"the optimiser has {dictionary.Options.Count} groups of parameters; one is known",
                nameof(optimizer));
        }

        if (options.amsgrad == true)
            throw new ArgumentException("the optimiser is the variant AMSGrad, which is not known", nameof(optimizer));
        return (options, [.. dictionary.State.Cast<Adam.State>()]);
    }
}
