"""Draws the scenes of ../../../examples: larger than the training data, with a caption and the objects of each.

    python3 examples.py
"""
import json
import random
from pathlib import Path

from PIL import Image

from scenes import Thing, draw, place

FOLDER = Path(__file__).parents[3] / "examples"
SIDE = 640

# (file, background, things), or how many things at random and the file named after them
SCENES = [
    ("red-circle-blue-square-green-star", "horizon", [
        Thing("red", "circle", 0.27, 0.60, 0.15, 0.0), Thing("blue", "square", 0.68, 0.28, 0.14, 0.3),
        Thing("green", "star", 0.76, 0.76, 0.14, -0.15)]),
    ("yellow-triangle-on-checks", "checks", [Thing("yellow", "triangle", 0.56, 0.46, 0.24, 0.1)]),
    ("two-hearts", "gradient", [Thing("purple", "heart", 0.30, 0.36, 0.18, -0.2), Thing("red", "heart", 0.70, 0.66, 0.18, 0.2)]),
    ("cross-star-circle", "stripes", [
        Thing("red", "cross", 0.25, 0.28, 0.15, 0.1), Thing("yellow", "star", 0.72, 0.32, 0.16, 0.0),
        Thing("blue", "circle", 0.46, 0.74, 0.15, 0.0)]),
    ("three-stars", "noise", [
        Thing("white", "star", 0.24, 0.30, 0.15, 0.2), Thing("black", "star", 0.74, 0.26, 0.15, -0.1),
        Thing("orange", "star", 0.52, 0.72, 0.17, 0.0)]),
    ("one-black-square", "plain", [Thing("black", "square", 0.40, 0.55, 0.20, -0.25)]),
    ("orange-cross-green-heart", "horizon", [
        Thing("orange", "cross", 0.30, 0.32, 0.17, 0.15), Thing("green", "heart", 0.68, 0.68, 0.18, 0.0)]),
    (None, "checks", 3), (None, "noise", 2), (None, "stripes", 3), (None, "gradient", 2), (None, "horizon", 3),
]


def in_different_colours(rng, count):
    while True:
        things = place(rng, count)
        if len({t.colour for t in things}) == count:
            return things


def caption(things):
    words = [f"{'an' if t.colour[0] in 'aeiou' else 'a'} {t.name}" for t in things]
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def main():
    FOLDER.mkdir(exist_ok=True)
    listed = {}
    for seed, (name, background, things) in enumerate(SCENES):
        rng = random.Random(2304_05653 + seed)
        if isinstance(things, int):
            things = in_different_colours(rng, things)
            name = "-".join(t.name.replace(" ", "-") for t in things)
        Image.fromarray(draw(rng, things, SIDE, background, grainy=False)).save(FOLDER / f"{name}.png", optimize=True)
        objects = [{"name": t.name, "x": round(t.x, 4), "y": round(t.y, 4), "radius": round(t.radius, 4)} for t in things]
        listed[f"{name}.png"] = {"caption": caption(things), "objects": objects}
    (FOLDER / "scenes.json").write_text(json.dumps(listed, indent=2) + "\n")


if __name__ == "__main__":
    main()
