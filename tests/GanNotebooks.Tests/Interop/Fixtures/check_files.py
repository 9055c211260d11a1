"""Loads with a real PyTorch what the library wrote, compares it with what it should be, and writes it back:

    python3 check_files.py FOLDER

RealPyTorchTests runs it when the environment variable GAN_NOTEBOOKS_PYTHON names a Python with torch.
"""
import sys
from collections import OrderedDict

import torch
from torch import nn

import make_fixtures


def same(a, b):
    return a.dtype == b.dtype and a.shape == b.shape and torch.equal(bits(a), bits(b))


def bits(t):
    return torch.frombuffer(bytearray(t.contiguous().numpy().tobytes()), dtype=torch.uint8) if t.numel() and t.dtype != torch.bfloat16 else (
        t.contiguous().view(torch.int16) if t.dtype == torch.bfloat16 and t.dim() else t.float())


def main(folder):
    written = torch.load(f"{folder}/types.pth")
    assert type(written) is OrderedDict
    expected = make_fixtures.types()
    assert list(written) == list(expected), "names and their order"
    for name, tensor in expected.items():
        assert same(written[name], tensor), name
    torch.save(written, f"{folder}/types-back.pth")

    wide = torch.load(f"{folder}/wide.pth")
    assert torch.equal(wide["a"], torch.arange(35.0).reshape(5, 7))

    net = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Tanh(), nn.Linear(4, 1))
    print(net.load_state_dict(torch.load(f"{folder}/module.pth")))
    torch.save(net.state_dict(), f"{folder}/module-back.pth")

    # Adam: two updates there, a third here and there.
    net = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1))
    net.load_state_dict(torch.load(f"{folder}/adam-net.pth"))
    optimizer = torch.optim.Adam(net.parameters(), lr=1.0)
    optimizer.load_state_dict(torch.load(f"{folder}/adam.pth"))
    optimizer.zero_grad()
    net(torch.arange(15.0).reshape(5, 3).sin()).square().mean().backward()
    optimizer.step()
    after = torch.load(f"{folder}/adam-after.pth")
    for name, tensor in net.state_dict().items():
        assert (tensor - after[name]).abs().max() < 2e-6, name

    # A DCGAN of the library: the same images and logits here.
    for dtype, tolerance in ((torch.float32, 1e-5), (torch.float64, 1e-12)):
        name = str(dtype).replace("torch.", "")
        g, d = make_fixtures.Generator().to(dtype).eval(), make_fixtures.Discriminator().to(dtype).eval()
        g.load_state_dict(torch.load(f"{folder}/generator-{name}.pth"))
        d.load_state_dict(torch.load(f"{folder}/discriminator-{name}.pth"))
        values = torch.load(f"{folder}/values-{name}.pth")
        with torch.no_grad():
            images = g(values["noise"])
            errors = [(images - values["images"]).abs().max().item(), (d(images) - values["logits"]).abs().max().item()]
        print(name, "largest differences of images and logits", errors)
        assert max(errors) <= tolerance
    print("torch", torch.__version__, "agrees")


if __name__ == "__main__":
    main(*sys.argv[1:])
