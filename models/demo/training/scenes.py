"""Drawn scenes: one to three coloured shapes on a textured background.

A scene is a square picture plus the list of its objects. The same code draws the
training data, the held-out scenes of the evaluation and, larger, the pictures in examples/.
"""
import math
import random
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

COLOURS = {
    "red": (214, 40, 40), "orange": (244, 140, 6), "yellow": (250, 215, 40), "green": (42, 160, 60),
    "blue": (40, 80, 215), "purple": (140, 50, 175), "white": (250, 250, 250), "black": (18, 18, 18),
}
SHAPES = ("circle", "square", "triangle", "star", "heart", "cross")
NAMES = [f"{c} {s}" for c in COLOURS for s in SHAPES]
BACKGROUNDS = ("plain", "gradient", "noise", "stripes", "checks", "horizon")


@dataclass
class Thing:
    """One object. Centre and radius are shares of the picture's side, the angle is in radians."""
    colour: str
    shape: str
    x: float
    y: float
    radius: float
    angle: float

    @property
    def name(self):
        return f"{self.colour} {self.shape}"


def outline(shape):
    """Corner points of a shape around the origin, its extent about 1. None: a disc."""
    turn = 2 * math.pi
    if shape == "circle":
        return [(math.cos(turn * i / 48), math.sin(turn * i / 48)) for i in range(48)]
    if shape == "square":
        return [(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)]
    if shape == "triangle":
        return [(1.12 * math.sin(turn * i / 3), 0.15 - 1.12 * math.cos(turn * i / 3)) for i in range(3)]
    if shape == "star":
        radii = (1.15, 0.47)
        return [(radii[i % 2] * math.sin(turn * i / 10), -radii[i % 2] * math.cos(turn * i / 10)) for i in range(10)]
    if shape == "cross":
        a, b = 0.34, 1.02
        return [(-a, -b), (a, -b), (a, -a), (b, -a), (b, a), (a, a), (a, b), (-a, b), (-a, a), (-b, a), (-b, -a), (-a, -a)]
    if shape == "heart":
        points = []
        for i in range(48):
            t = turn * i / 48
            x = 16 * math.sin(t) ** 3
            y = 13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)
            points.append((x / 16, -y / 16 - 0.08))
        return points
    raise ValueError(shape)


def polygon(thing, side):
    """The thing's corner points in pixels of a picture of this side."""
    c, s = math.cos(thing.angle), math.sin(thing.angle)
    r = thing.radius * side
    return [(thing.x * side + r * (c * x - s * y), thing.y * side + r * (s * x + c * y)) for x, y in outline(thing.shape)]


def place(rng, count):
    """Non-overlapping things with different names."""
    things = []
    while len(things) < count:
        for _ in range(200):
            r = rng.uniform(0.11, (0.36, 0.23, 0.19)[count - 1])
            x, y = rng.uniform(r * 1.05, 1 - r * 1.05), rng.uniform(r * 1.05, 1 - r * 1.05)
            if all(math.hypot(x - t.x, y - t.y) > 1.15 * (r + t.radius) for t in things):
                break
        else:
            things.clear()
            continue
        name = rng.choice([n for n in NAMES if n not in {t.name for t in things}])
        colour, shape = name.split()
        angle = rng.uniform(-math.pi / 7, math.pi / 7)
        things.append(Thing(colour, shape, x, y, r, angle))
    return things


def muted(rng):
    """A background colour: little saturation, neither black nor white, so that every object stands out."""
    base = rng.uniform(75, 190)
    return np.array([base + rng.uniform(-28, 28) for _ in range(3)])


def background(rng, side, kind, grainy):
    """[side, side, 3] float, 0..255."""
    npr = np.random.default_rng(rng.getrandbits(32))
    a, b = muted(rng), muted(rng)
    y, x = np.mgrid[0:side, 0:side] / side
    angle = rng.uniform(0, math.pi)
    u = x * math.cos(angle) + y * math.sin(angle)
    if kind == "plain":
        mix = np.zeros((side, side))
    elif kind == "gradient":
        mix = (u - u.min()) / (np.ptp(u) + 1e-9)
    elif kind == "stripes":
        mix = (np.sin(u * 2 * math.pi * rng.uniform(3, 10)) > 0) * 0.6
    elif kind == "checks":
        n = rng.uniform(3, 9)
        mix = ((np.floor(x * n) + np.floor(y * n)) % 2) * 0.6
    elif kind == "horizon":
        mix = 1 / (1 + np.exp(-(y - rng.uniform(0.25, 0.75)) * 200))
    else:
        mix = np.zeros((side, side))
        for cells, weight in ((4, 0.5), (9, 0.3), (20, 0.2)):
            grid = Image.fromarray((npr.random((cells, cells)) * 255).astype(np.uint8))
            mix += weight * np.asarray(grid.resize((side, side), Image.BICUBIC)) / 255
    picture = a + (b - a) * mix[..., None]
    grain = rng.uniform(0, 14)
    return picture + npr.normal(0, 1, (side, side, 1)) * grain if grainy else picture


def draw(rng, things, side, kind=None, supersample=3, grainy=True):
    """A picture [side, side, 3] uint8 of these things."""
    picture = background(rng, side, kind or rng.choice(BACKGROUNDS), grainy)
    big = side * supersample
    for thing in things:
        mask = Image.new("L", (big, big), 0)
        ImageDraw.Draw(mask).polygon(polygon(thing, big), fill=255)
        alpha = np.asarray(mask.resize((side, side), Image.BOX), dtype=np.float64)[..., None] / 255
        jitter = np.array([rng.uniform(-16, 16) for _ in range(3)])
        colour = np.clip(np.array(COLOURS[thing.colour]) + jitter, 0, 255)
        picture = picture * (1 - alpha) + colour * alpha
    return np.clip(np.rint(picture), 0, 255).astype(np.uint8)


def scene(seed, side, count=None):
    """(picture, things) of a scene that depends on the seed alone, at any side."""
    rng = random.Random(seed)
    things = place(rng, count or rng.choice((1, 1, 2, 3)))
    return draw(rng, things, side), things


def large_scene(seed, side):
    """One object that nearly fills the picture: what shapes are is learned from these first."""
    rng = random.Random(f"large {seed}")
    r = rng.uniform(0.28, 0.45)
    x, y = rng.uniform(r * 1.05, 1 - r * 1.05), rng.uniform(r * 1.05, 1 - r * 1.05)
    thing = Thing(rng.choice(list(COLOURS)), rng.choice(SHAPES), x, y, r, rng.uniform(-math.pi / 7, math.pi / 7))
    return draw(rng, [thing], side), [thing]


def inside(thing, x, y):
    """Whether the point (shares of the side) lies on the thing; a picture side is 1."""
    points = polygon(thing, 1.0)
    hit = False
    for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1]):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            hit = not hit
    return hit
