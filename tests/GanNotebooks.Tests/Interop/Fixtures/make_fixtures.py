"""Makes the files that the interop tests and notebook 18 read, with a real PyTorch:

    python3 make_fixtures.py tests FOLDER_OF_THE_TESTS
    python3 make_fixtures.py notebook FOLDER_OF_THE_NOTEBOOK FOLDER_OF_MNIST

Run with Debian 12's python3-torch 1.13.0a0 on the CPU, one thread. The tests need no Python: the files are committed.
"""
import gzip
import sys
from collections import OrderedDict

import numpy
import torch
from torch import nn

TYPES = [torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64, torch.float16, torch.bfloat16,
         torch.float32, torch.float64, torch.complex64, torch.complex128]


def pattern(dtype, *shape):
    """Byte i of the tensor is 37 i + 11 modulo 256 (modulo 2 for bool): no two types agree by accident."""
    size = torch.empty(0, dtype=dtype).element_size()
    count = int(numpy.prod(shape, dtype=int))
    raw = (37 * numpy.arange(count * size) + 11) % (2 if dtype == torch.bool else 256)
    if count == 0:
        return torch.empty(shape, dtype=dtype)
    return torch.frombuffer(bytearray(raw.astype(numpy.uint8).tobytes()), dtype=dtype).reshape(shape).clone()


def types():
    named = OrderedDict()
    for dtype in TYPES:
        name = str(dtype).replace("torch.", "")
        named[name + ".scalar"] = pattern(dtype)
        named[name + ".cube"] = pattern(dtype, 2, 3, 5)
        named[name + ".none"] = pattern(dtype, 3, 0, 2)
    return named


def views():
    base = pattern(torch.int32, 4, 6)
    single = pattern(torch.float32, 3)
    return OrderedDict(base=base, transposed=base.t(), row=base[2], every_second=base[:, ::2], number=base[1, 1],
                       expanded=base[0:1].expand(5, 6), alone=single, tied=single)


class Generator(nn.Module):
    """The library's DcganGenerator(28, 1, noise, width), with the same names."""

    def __init__(self, noise=16, width=4):
        super().__init__()

        def block(layer):
            return nn.Sequential(OrderedDict(conv=layer, norm=nn.BatchNorm2d(layer.out_channels), activation=nn.ReLU(True)))

        self.blocks = nn.ModuleList([block(nn.ConvTranspose2d(noise, 2 * width, 7, bias=False)),
                                     block(nn.ConvTranspose2d(2 * width, width, 4, 2, 1, bias=False))])
        self.output = nn.ConvTranspose2d(width, 1, 4, 2, 1)

    def forward(self, z):
        h = z.view(len(z), -1, 1, 1)
        for block in self.blocks:
            h = block(h)
        return torch.tanh(self.output(h))


class Discriminator(nn.Module):
    """The library's DcganDiscriminator(28, 1, width), with the same names."""

    def __init__(self, width=4):
        super().__init__()
        first = nn.Sequential(OrderedDict(conv=nn.Conv2d(1, width, 4, 2, 1), activation=nn.LeakyReLU(0.2, True)))
        second = nn.Sequential(OrderedDict(conv=nn.Conv2d(width, 2 * width, 4, 2, 1, bias=False),
                                           norm=nn.BatchNorm2d(2 * width), activation=nn.LeakyReLU(0.2, True)))
        self.blocks = nn.ModuleList([first, second])
        self.output = nn.Conv2d(2 * width, 1, 7)

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return self.output(x).view(-1, 1)


def results(g, d, noise, steps):
    """A checkpoint of both, with what PyTorch computes with them in evaluation mode."""
    g.eval(), d.eval()
    with torch.no_grad():
        images = g(noise)
        logits = d(images)
    return dict(generator=g.state_dict(), discriminator=d.state_dict(), noise=noise, images=images, logits=logits, steps=steps)


def dcgan(dtype):
    """Weights after a few updates, so that no number is a default."""
    torch.manual_seed(18)
    g, d = Generator().to(dtype), Discriminator().to(dtype)
    adams = [torch.optim.Adam(net.parameters(), lr=0.01, betas=(0.5, 0.999)) for net in (g, d)]
    for _ in range(5):
        for adam, sign in zip(adams, (-1, 1)):
            adam.zero_grad()
            (sign * d(g(torch.randn(8, 16, dtype=dtype))).mean()).backward()
            adam.step()
    return results(g, d, torch.randn(4, 16, dtype=dtype), 5)


def digits_gan(mnist, steps=2000, batch=64, noise=32, width=16):
    """DCGAN on MNIST with the paper's settings (Adam 0.0002 and 0.5, weights N(0, 0.02)), small and short, trained in PyTorch."""
    with gzip.open(f"{mnist}/train-images-idx3-ubyte.gz") as file:
        pixels = torch.from_numpy(numpy.frombuffer(file.read(), dtype=numpy.uint8, offset=16).reshape(-1, 1, 28, 28).copy())
    torch.manual_seed(18)
    g, d = Generator(noise, width), Discriminator(width)
    for net in (g, d):
        for name, p in net.named_parameters():
            if p.dim() == 4:
                nn.init.normal_(p, 0, 0.02)
    adam_g, adam_d = (torch.optim.Adam(net.parameters(), lr=0.0002, betas=(0.5, 0.999)) for net in (g, d))
    softplus = nn.functional.softplus
    for step in range(steps):
        real = pixels[torch.randint(len(pixels), (batch,))].float() / 127.5 - 1
        fake = g(torch.randn(batch, noise))
        adam_d.zero_grad()
        (softplus(-d(real)) + softplus(d(fake.detach()))).mean().backward()
        adam_d.step()
        adam_g.zero_grad()
        softplus(-d(fake)).mean().backward()
        adam_g.step()
        if step % 100 == 0:
            print(step, flush=True)
    return results(g, d, torch.randn(20, noise), steps)


def small_net():
    torch.manual_seed(1)
    return nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Tanh(), nn.Linear(4, 1))


def adam():
    """Adam after three updates of a small net, the net before and after a fourth, and the batch of all of them."""
    torch.manual_seed(2)  # no batch norm: before it, a bias has no gradient but rounding, which Adam blows up
    net = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1))
    x = torch.arange(15.0).reshape(5, 3).sin()
    optimizer = torch.optim.Adam(net.parameters(), lr=0.02, betas=(0.6, 0.98), eps=1e-7)

    def update():
        optimizer.zero_grad()
        net(x).square().mean().backward()
        optimizer.step()

    for _ in range(3):
        update()
    before = {k: v.clone() for k, v in net.state_dict().items()}
    saved = {"state": {i: {k: v.clone() if torch.is_tensor(v) else v for k, v in s.items()} for i, s in optimizer.state_dict()["state"].items()},
             "param_groups": optimizer.state_dict()["param_groups"]}
    update()
    return saved, OrderedDict(before), net.state_dict(), x


def write_tests(tests):
    torch.save(types(), f"{tests}/types.pth")
    torch.save(views(), f"{tests}/views.pth")
    for protocol in (2, 3, 4, 5):
        torch.save(small_net().state_dict(), f"{tests}/protocol{protocol}.pth", pickle_protocol=protocol)
    net = small_net()
    torch.save(dict(net.named_parameters()), f"{tests}/parameters.pth")
    torch.save(net, f"{tests}/whole-module.pth")
    torch.save(net.state_dict(), f"{tests}/legacy.pth", _use_new_zipfile_serialization=False)
    torch.jit.script(nn.Linear(1, 1)).save(f"{tests}/torchscript.pth")
    optimizer, before, after, x = adam()
    torch.save(optimizer, f"{tests}/adam.pth")
    torch.save(dict(before=before, after=after, x=x, epoch=3, note="a larger checkpoint", optimizer=optimizer), f"{tests}/checkpoint.pth")
    torch.save(dcgan(torch.float64), f"{tests}/dcgan-float64.pth")
    torch.save(dcgan(torch.float32), f"{tests}/dcgan-float32.pth")


def write_notebook(notebook, mnist):
    torch.save(digits_gan(mnist), f"{notebook}/dcgan.pth")


if __name__ == "__main__":
    {"tests": write_tests, "notebook": write_notebook}[sys.argv[1]](*sys.argv[2:])
