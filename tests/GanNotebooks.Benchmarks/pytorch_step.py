#!/usr/bin/env python3
"""The benchmark's steps in eager PyTorch, with its default Adam: median microseconds of a step, as JSON lines.

usage: pytorch_step.py ROUNDS THREADS [--device cuda] [--tf32] [--seconds S] mlp:BATCH:WIDTH dcgan:BATCH:WIDTH[:SIDE] ...

A step is the textbook's: D on data and on fakes, then G on fresh noise (fakes built twice). On a GPU each step is waited for. The first tenth of the rounds, at
least one, warms up; after S seconds no further round of a case is begun.
"""
import argparse
import json
import time

import torch
from torch import nn


def mlp(width, side):
    noise = points = 2
    g = nn.Sequential(nn.Linear(noise, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, points))
    d = nn.Sequential(nn.Linear(points, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 1))
    return g, d, noise, (points,)


def dcgan(width, side):
    noise = 100
    sides = [side]
    while sides[-1] % 2 == 0 and sides[-1] > 4:
        sides.append(sides[-1] // 2)
    depth = len(sides) - 1  # 28, 14, 7; or 64, 32, 16, 8, 4
    channels = [1] + [width << k for k in range(depth)]
    g = [nn.Unflatten(1, (noise, 1, 1)), nn.ConvTranspose2d(noise, channels[depth], sides[-1], bias=False)]
    for k in range(depth, 0, -1):
        g += [nn.BatchNorm2d(channels[k]), nn.ReLU(True), nn.ConvTranspose2d(channels[k], channels[k - 1], 4, 2, 1, bias=k == 1)]
    d = []
    for k in range(1, depth + 1):
        d += [nn.Conv2d(channels[k - 1], channels[k], 4, 2, 1, bias=k == 1)]
        d += [nn.BatchNorm2d(channels[k])] if k > 1 else []
        d += [nn.LeakyReLU(0.2, True)]
    d += [nn.Conv2d(channels[depth], 1, sides[-1]), nn.Flatten()]
    return nn.Sequential(*g, nn.Tanh()), nn.Sequential(*d), noise, (1, side, side)


def measure(kind, batch, width, side, rounds, device, seconds):
    g, d, noise, shape = {"mlp": mlp, "dcgan": dcgan}[kind](width, side)
    g, d = g.to(device), d.to(device)
    g_adam = torch.optim.Adam(g.parameters(), 1e-3, betas=(0.5, 0.999))
    d_adam = torch.optim.Adam(d.parameters(), 1e-3, betas=(0.5, 0.999))
    criterion = nn.BCEWithLogitsLoss()
    data = torch.rand((2048,) + shape, device=device) * 2 - 1

    def step():
        ones, zeros = torch.ones(batch, 1, device=device), torch.zeros(batch, 1, device=device)
        d_adam.zero_grad()
        real = data[torch.randint(0, len(data), (batch,), device=device)]
        fakes = g(torch.randn(batch, noise, device=device)).detach()
        (criterion(d(real), ones) + criterion(d(fakes), zeros)).backward()
        d_adam.step()
        g_adam.zero_grad()
        criterion(d(g(torch.randn(batch, noise, device=device))), ones).backward()
        g_adam.step()

    def wait():
        if device != "cpu":
            torch.cuda.synchronize()

    times = []
    begin = time.perf_counter()
    while len(times) < max(rounds, 2) and (len(times) < 2 or time.perf_counter() - begin < seconds):
        wait()
        start = time.perf_counter()
        step()
        wait()
        times.append((time.perf_counter() - start) * 1e6)
    kept = sorted(times[max(1, len(times) // 10):])
    return kept[len(kept) // 2]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("rounds", type=int)
    parser.add_argument("threads", type=int)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--tf32", action="store_true")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("cases", nargs="+")
    given = parser.parse_intermixed_args()
    torch.set_num_threads(given.threads)
    torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = given.tf32
    for case in given.cases:
        kind, batch, width, side = (case.split(":") + ["28"])[:4]
        microseconds = measure(kind, int(batch), int(width), int(side), given.rounds, given.device, given.seconds)
        print(json.dumps({"case": case, "torch": torch.__version__, "threads": given.threads, "device": given.device, "microseconds": microseconds}), flush=True)


if __name__ == "__main__":
    main()
