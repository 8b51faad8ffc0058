"""Painted backgrounds, each with the names of the places in it."""
import math

import numpy as np
from PIL import Image

GROUNDS = {"grass": (90, 160, 60), "sand": (225, 200, 140), "snow": (236, 241, 248), "water": (50, 120, 185), "road": (105, 105, 110)}
PATTERNS = ("plain background", "gradient", "noise", "stripes", "checks", "bricks", "wood")


def muted(rng):
    """Little saturation, neither black nor white, so that every thing stands out."""
    base = rng.uniform(75, 200)
    return np.array([base + rng.uniform(-35, 35) for _ in range(3)])


def near(rng, colour, by=22):
    shade = rng.uniform(-by, by)
    return np.array([c + shade + rng.uniform(-10, 10) for c in colour])


def smooth_noise(npr, height, width, octaves=((4, 0.5), (9, 0.3), (20, 0.2)), stretch=1):
    """[height, width, 1], 0..1; `stretch` > 1 lays it out in horizontal streaks."""
    out = np.zeros((height, width))
    for cells, weight in octaves:
        grid = Image.fromarray((npr.random((round(cells * stretch), cells)) * 255).astype(np.uint8))
        out += weight * np.asarray(grid.resize((width, height), Image.BICUBIC), dtype=np.float64) / 255
    return out[..., None]


def sky(rng, npr, side, night):
    y = np.linspace(0, 1, side)[:, None, None]
    if night:
        picture = near(rng, (14, 18, 48), 8) + (near(rng, (50, 44, 96), 12) - near(rng, (14, 18, 48), 8)) * y
        stars = npr.random((side, side, 1)) < 0.0015 * 96 / side * rng.uniform(0.5, 2)
        return picture + 190 * stars + np.zeros((side, side, 3))
    top, bottom = near(rng, (90, 160, 230)), near(rng, (185, 220, 245), 12)
    haze = np.clip(smooth_noise(npr, side, side, stretch=1.6) * 3 - rng.uniform(1.3, 2.2), 0, 0.7)
    picture = top + (bottom - top) * y
    return picture + (250 - picture) * haze


def ground(rng, npr, kind, height, side):
    colour = near(rng, GROUNDS[kind])
    depth = np.linspace(-14, 14, height)[:, None, None] * rng.uniform(-1, 1)
    if kind == "water":
        waves = smooth_noise(npr, height, side, ((6, 0.5), (14, 0.5)), stretch=2.5) - 0.5
        return colour + depth + waves * rng.uniform(40, 90)
    if kind == "grass":
        blades = npr.normal(0, 1, (height, side, 1)) * rng.uniform(2, 9)
        return colour + depth + blades + (smooth_noise(npr, height, side) - 0.5) * 50
    texture = (smooth_noise(npr, height, side) - 0.5) * (12 if kind == "snow" else 28)
    picture = colour + depth + texture + npr.normal(0, 1, (height, side, 1)) * rng.uniform(0, 6)
    if kind == "road":
        row, x = rng.uniform(0.3, 0.7) * height, np.arange(side)[None, :, None] / side
        line = (np.abs(np.arange(height)[:, None, None] - row) < side * 0.015) & (x * 5 % 1 < 0.6)
        picture = np.where(line, 225, picture)
    return picture


def landscape(rng, npr, side):
    above = rng.choice(("sky", "sky", "night sky"))
    below = rng.choice(list(GROUNDS))
    picture = sky(rng, npr, side, above == "night sky")
    horizon = int(side * rng.uniform(0.3, 0.7))
    floor = ground(rng, npr, below, side - horizon, side)
    picture[horizon:] = floor * (0.45 if above == "night sky" else 1)
    return picture, [above, below]


def pattern(rng, npr, side, kind, colours=None):
    y, x = np.mgrid[0:side, 0:side][..., None] / side
    a, b = map(np.array, colours) if colours else (muted(rng), muted(rng))
    angle = rng.uniform(0, math.pi)
    u = x * math.cos(angle) + y * math.sin(angle)
    if kind == "plain background":
        return a + np.zeros((side, side, 3))
    if kind == "gradient":
        return a + (b - a) * (u - u.min()) / (np.ptp(u) + 1e-9)
    if kind == "noise":
        return a + (b - a) * smooth_noise(npr, side, side)
    if kind == "stripes":
        return a + (b - a) * (np.sin(u * 2 * math.pi * rng.uniform(3, 10)) > 0) * 0.6
    if kind == "checks":
        n = rng.uniform(3, 9)
        return a + (b - a) * ((np.floor(x * n) + np.floor(y * n)) % 2) * 0.6
    if kind == "bricks":
        rows, brick, mortar = rng.uniform(5, 11), near(rng, (165, 85, 65)), near(rng, (205, 195, 185))
        row = np.floor(y * rows)
        across = x * rows / 2 + row % 2 / 2
        joint = (y * rows % 1 < 0.14) | (across % 1 < 0.07)
        shade = (np.sin(row * 12.9 + np.floor(across) * 78.2) * 43758.5) % 1 * 30 - 15
        return np.where(joint, mortar, brick + shade)
    planks, colour = rng.uniform(3, 7), near(rng, (165, 115, 70))
    plank = np.floor(y * planks)
    grain = smooth_noise(npr, side, side, ((3, 0.4), (6, 0.6)), stretch=6) - 0.5
    seam = y * planks % 1 < 0.05
    return np.where(seam, colour * 0.6, colour + (plank * 37 % 5 - 2) * 7 + grain * 45)


def filled(rng, npr, side, kind, colours=None):
    """A ground or a pattern over the whole picture; a pattern may have given colours."""
    return ground(rng, npr, kind, side, side) if kind in GROUNDS else pattern(rng, npr, side, kind, colours)


def background(rng, side):
    """(picture [side, side, 3] float 0..255, names of its places)."""
    npr = np.random.default_rng(rng.getrandbits(32))
    if rng.random() < 0.45:
        return landscape(rng, npr, side)
    kind = rng.choice(PATTERNS) if rng.random() < 0.9 else "water"
    return filled(rng, npr, side, kind), [kind]
