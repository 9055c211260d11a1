using static TorchSharp.torch;

namespace GanNotebooks.Interop;

/// <summary>What Adam remembers of one parameter.</summary>
/// <param name="Mean">m, the running mean of the gradient, in the parameter's shape; <c>exp_avg</c> in PyTorch.</param>
/// <param name="Square">v, the running mean of its square; <c>exp_avg_sq</c>.</param>
/// <param name="Updates">Updates made, t; <c>step</c>.</param>
public sealed record AdamMoments(Tensor Mean, Tensor Square, long Updates);
