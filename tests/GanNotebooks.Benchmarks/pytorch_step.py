#!/usr/bin/env python3
"""The benchmark's steps in eager PyTorch, with its default Adam: median microseconds of a step, as JSON lines.

usage: pytorch_step.py ROUNDS THREADS mlp:BATCH:WIDTH dcgan:BATCH:WIDTH ...

A step is the textbook's: D on data and on fakes, then G on fresh noise (fakes built twice).
"""
import json
import sys
import time

import torch
from torch import nn


def mlp(width):
    noise = points = 2
    g = nn.Sequential(nn.Linear(noise, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, points))
    d = nn.Sequential(nn.Linear(points, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 1))
    return g, d, noise, (points,)


def dcgan(width):
    noise = 100
    g = nn.Sequential(
        nn.Unflatten(1, (noise, 1, 1)),
        nn.ConvTranspose2d(noise, 2 * width, 7, bias=False), nn.BatchNorm2d(2 * width), nn.ReLU(True),
        nn.ConvTranspose2d(2 * width, width, 4, 2, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU(True),
        nn.ConvTranspose2d(width, 1, 4, 2, 1), nn.Tanh())
    d = nn.Sequential(
        nn.Conv2d(1, width, 4, 2, 1), nn.LeakyReLU(0.2, True),
        nn.Conv2d(width, 2 * width, 4, 2, 1, bias=False), nn.BatchNorm2d(2 * width), nn.LeakyReLU(0.2, True),
        nn.Conv2d(2 * width, 1, 7), nn.Flatten())
    return g, d, noise, (1, 28, 28)


def measure(kind, batch, width, rounds):
    g, d, noise, shape = {"mlp": mlp, "dcgan": dcgan}[kind](width)
    g_adam = torch.optim.Adam(g.parameters(), 1e-3, betas=(0.5, 0.999))
    d_adam = torch.optim.Adam(d.parameters(), 1e-3, betas=(0.5, 0.999))
    criterion = nn.BCEWithLogitsLoss()
    data = torch.rand((2048,) + shape) * 2 - 1

    def step():
        ones, zeros = torch.ones(batch, 1), torch.zeros(batch, 1)
        d_adam.zero_grad()
        real = data[torch.randint(0, len(data), (batch,))]
        fakes = g(torch.randn(batch, noise)).detach()
        (criterion(d(real), ones) + criterion(d(fakes), zeros)).backward()
        d_adam.step()
        g_adam.zero_grad()
        criterion(d(g(torch.randn(batch, noise))), ones).backward()
        g_adam.step()

    times = []
    for round_ in range(rounds):
        start = time.perf_counter()
        step()
        if round_ >= rounds // 10:
            times.append((time.perf_counter() - start) * 1e6)
    return sorted(times)[len(times) // 2]


def main():
    rounds, threads = int(sys.argv[1]), int(sys.argv[2])
    torch.set_num_threads(threads)
    for case in sys.argv[3:]:
        kind, batch, width = case.split(":")
        microseconds = measure(kind, int(batch), int(width), rounds)
        print(json.dumps({"case": case, "torch": torch.__version__, "threads": threads, "microseconds": microseconds}), flush=True)


if __name__ == "__main__":
    main()
