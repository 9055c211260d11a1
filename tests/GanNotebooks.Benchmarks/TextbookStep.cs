using GanNotebooks.Data;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GanNotebooks.Benchmarks;

/// <summary>
/// A GAN step as TorchSharp's own examples write a training loop: torch's Adam, labels allocated in the loop, fakes built by a fresh pass
/// through G in each player's turn, D's gradients computed in G's turn too. The baseline of the benchmarks.
/// </summary>
internal sealed class TextbookStep(nn.Module<Tensor, Tensor> generator, nn.Module<Tensor, Tensor> discriminator, IBatchSource data,
    int batch, int noise, Device device) : IDisposable
{
    private readonly Adam generatorAdam = optim.Adam(generator.parameters(), 1e-3, 0.5, 0.999);
    private readonly Adam discriminatorAdam = optim.Adam(discriminator.parameters(), 1e-3, 0.5, 0.999);
    private readonly BCEWithLogitsLoss criterion = nn.BCEWithLogitsLoss();

    public void Run()
    {
        using var scope = NewDisposeScope();
        var (ones, zeros) = (torch.ones(batch, 1, device: device), torch.zeros(batch, 1, device: device));

        discriminatorAdam.zero_grad();
        var realLoss = criterion.call(discriminator.call(data.Next(batch)), ones);
        var fakes = generator.call(randn(batch, noise, device: device)).detach();
        var fakeLoss = criterion.call(discriminator.call(fakes), zeros);
        (realLoss + fakeLoss).backward();
        discriminatorAdam.step();

        generatorAdam.zero_grad();
        var generatorLoss = criterion.call(discriminator.call(generator.call(randn(batch, noise, device: device))), ones);
        generatorLoss.backward();
        generatorAdam.step();
    }

    public void Dispose()
    {
        generatorAdam.Dispose();
        discriminatorAdam.Dispose();
        criterion.Dispose();
    }
}
