"""Composes the scenes of ../../../examples, and words for them, from the same drawings and painted grounds as the training data.

    python3 examples.py
"""
import json
import random
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from backgrounds import GROUNDS, filled, sky
from captions import with_article
from concepts import SHAPES
from glyphs import FOLDER as GLYPHS
from scenes import Thing, sticker

FOLDER = Path(__file__).parents[3] / "examples"
SIDE = 640
SEED = 2304_05653
# Two sets under licences (MIT and Apache 2.0) that ask for nothing but a notice: see the model card.
SOFT, FLAT = "fluent-emoji", "noto"
BEARING = {"grass", "sand", "snow", "road", "wood", "checks", "plain background"}  # what stands there throws a shadow

# name: (art style, bands from the top with the share of the picture where each ends and the colours of a pattern, things)
# A thing: (name, x, y, radius[, emoji if it is not named so][, "mirror"]); y is its centre.
SCENES = {
    "park": (FLAT, [("sky", 0.52), ("grass", 1)], [
        ("tree", 0.20, 0.36, 0.20, "deciduous-tree"), ("bicycle", 0.72, 0.55, 0.21), ("dog", 0.42, 0.74, 0.17)]),
    "beach": (FLAT, [("sky", 0.38), ("water", 0.56), ("sand", 1)], [
        ("sun", 0.17, 0.15, 0.11), ("umbrella", 0.56, 0.64, 0.19),
        ("palm tree", 0.85, 0.56, 0.20, "palm-tree"), ("crab", 0.20, 0.82, 0.14)]),
    "kitchen-table": (SOFT, [("wood", 1)], [
        ("teapot", 0.30, 0.30, 0.19), ("croissant", 0.71, 0.33, 0.15), ("banana", 0.68, 0.73, 0.16),
        ("coffee", 0.29, 0.74, 0.14, "hot-beverage")]),
    "farm": (FLAT, [("sky", 0.42), ("grass", 1)], [
        ("tractor", 0.68, 0.40, 0.20), ("cow", 0.26, 0.53, 0.19), ("rooster", 0.78, 0.78, 0.13), ("pig", 0.44, 0.82, 0.13)]),
    "street": (FLAT, [("sky", 0.55), ("road", 1)], [
        ("office building", 0.22, 0.34, 0.21, "office-building"), ("tree", 0.87, 0.40, 0.18, "deciduous-tree"),
        ("bus", 0.56, 0.52, 0.17), ("car", 0.36, 0.80, 0.15, "automobile")]),
    "living-room": (FLAT, [("stripes", 0.62, (150, 185, 170), (215, 215, 190)), ("wood", 1)], [
        ("television", 0.30, 0.34, 0.17), ("teddy bear", 0.76, 0.56, 0.16, "teddy-bear"), ("cat", 0.38, 0.76, 0.17)]),
    "sailboat": (FLAT, [("sky", 0.58), ("water", 1)], [("sailboat", 0.52, 0.50, 0.26)]),
    "desert": (FLAT, [("sky", 0.55), ("sand", 1)], [
        ("sun", 0.80, 0.18, 0.14), ("cactus", 0.24, 0.46, 0.18), ("camel", 0.60, 0.68, 0.20)]),
    "pond": (FLAT, [("grass", 0.30), ("water", 1)], [
        ("turtle", 0.28, 0.36, 0.17), ("duck", 0.72, 0.44, 0.16), ("frog", 0.42, 0.78, 0.15)]),
    "night": (SOFT, [("night sky", 0.72), ("snow", 1)], [
        ("moon", 0.20, 0.20, 0.14, "crescent-moon"), ("rocket", 0.68, 0.30, 0.18), ("tent", 0.38, 0.72, 0.18)]),
    "garden": (SOFT, [("bricks", 0.60), ("grass", 1)], [
        ("potted plant", 0.22, 0.55, 0.19, "potted-plant"), ("butterfly", 0.50, 0.26, 0.16), ("rose", 0.80, 0.60, 0.19),
        ("snail", 0.50, 0.80, 0.16)]),
    "village": (FLAT, [("sky", 0.50), ("grass", 1)], [
        ("house", 0.28, 0.46, 0.20), ("church", 0.72, 0.40, 0.20), ("sheep", 0.62, 0.80, 0.14, "ewe")]),
    "picnic": (SOFT, [("checks", 1, (235, 225, 215), (200, 60, 60))], [
        ("watermelon", 0.28, 0.30, 0.17), ("cheese", 0.70, 0.28, 0.15, "cheese-wedge"), ("strawberry", 0.30, 0.74, 0.14),
        ("sandwich", 0.70, 0.72, 0.17)]),
    "reef": (SOFT, [("water", 1)], [
        ("octopus", 0.26, 0.70, 0.17), ("turtle", 0.68, 0.72, 0.16), ("shark", 0.64, 0.28, 0.19), ("fish", 0.24, 0.28, 0.14)]),
    "savanna": (FLAT, [("sky", 0.45), ("sand", 1)], [
        ("giraffe", 0.22, 0.40, 0.23), ("elephant", 0.66, 0.46, 0.20), ("lion", 0.46, 0.80, 0.15)]),
    "winter": (SOFT, [("sky", 0.45), ("snow", 1)], [
        ("pine tree", 0.24, 0.40, 0.22, "evergreen-tree"), ("snowman", 0.72, 0.44, 0.18), ("penguin", 0.48, 0.78, 0.16)]),
    "birthday": (SOFT, [("gradient", 1, (245, 190, 205), (160, 165, 225))], [
        ("cake", 0.48, 0.68, 0.20, "birthday-cake"), ("balloon", 0.22, 0.32, 0.17), ("gift", 0.77, 0.34, 0.15, "wrapped-gift")]),
    "workshop": (FLAT, [("wood", 1)], [
        ("screwdriver", 0.28, 0.30, 0.17), ("saw", 0.72, 0.30, 0.17, "carpentry-saw"), ("wrench", 0.28, 0.74, 0.15),
        ("bucket", 0.70, 0.73, 0.16)]),
    "music": (FLAT, [("noise", 1, (180, 150, 190), (140, 120, 170))], [
        ("guitar", 0.30, 0.34, 0.21, "mirror"), ("drum", 0.72, 0.70, 0.17), ("trumpet", 0.72, 0.28, 0.16),
        ("piano", 0.28, 0.76, 0.15, "musical-keyboard")]),
    "shapes": (None, [("plain background", 1)], [
        ("red circle", 0.28, 0.30, 0.17), ("blue square", 0.72, 0.30, 0.16), ("green star", 0.28, 0.73, 0.17),
        ("yellow heart", 0.72, 0.72, 0.17)]),
}


def thing(style, name, x, y, radius, *more):
    colour, _, shape = name.partition(" ")
    if shape in SHAPES:
        return Thing(shape, colour, None, x, y, radius)
    emoji = next((m for m in more if m != "mirror"), name.replace(" ", "-"))
    return Thing(name, None, str(GLYPHS / style / f"{emoji}.png"), x, y, radius, mirror="mirror" in more)


def band(rng, npr, kind, colours):
    if "sky" in kind:
        return sky(rng, npr, SIDE, kind == "night sky")
    return filled(rng, npr, SIDE, kind, colours)


def backdrop(rng, bands):
    npr = np.random.default_rng(rng.getrandbits(32))
    picture, top = np.zeros((SIDE, SIDE, 3)), 0
    for kind, end, *colours in bands:
        bottom = round(end * SIDE)
        painted = band(rng, npr, kind, colours)
        picture[top:bottom] = painted[:bottom - top] if kind in GROUNDS else painted[top:bottom]
        top = bottom
    return Image.fromarray(np.clip(np.rint(picture), 0, 255).astype(np.uint8))


def draw(seed, bands, things):
    rng = random.Random(seed)
    picture = backdrop(rng, bands)
    for one in things:
        drawn = sticker(rng, one, SIDE, jitter=False)
        x, y = round(one.x * SIDE - drawn.width / 2), round(one.y * SIDE - drawn.height / 2)
        foot = y + drawn.height
        if next(kind for kind, end, *_ in bands if foot <= end * SIDE) in BEARING:
            shadow = Image.new("L", picture.size, 0)
            ImageDraw.Draw(shadow).ellipse((x + drawn.width * 0.12, foot - 12, x + drawn.width * 0.88, foot + 10), fill=70)
            picture.paste((20, 20, 30), (0, 0), shadow.filter(ImageFilter.GaussianBlur(6)))
        picture.paste(drawn, (x, y), drawn)
    return picture


def vocabulary(listed):
    """A vocabulary for each scene, with the words for what is behind the things. None is active: the words of the model are."""
    words = {name.removesuffix(".png"): [o["name"] for o in of["objects"]] + of["places"] for name, of in listed.items()}
    rows = [f"    {json.dumps(name)}: {json.dumps(of)}" for name, of in words.items()]
    note = "  // A vocabulary for each picture: choose one with Switch Vocabulary…"
    return "\n".join(["{", note, '  "vocabularies": {', ",\n".join(rows), "  }", "}", ""])


def main():
    listed = {}
    for i, (name, (style, bands, rows)) in enumerate(SCENES.items()):
        things = [thing(style, *row) for row in rows]
        draw(SEED + i, bands, things).save(FOLDER / f"{name}.png", optimize=True)
        words = [with_article(row[0]) for row in rows]
        caption = words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]
        objects = [{"name": row[0], "x": row[1], "y": row[2], "radius": row[3]} for row in rows]
        listed[f"{name}.png"] = {"caption": caption, "places": [kind for kind, *_ in bands], "objects": objects}
    (FOLDER / "scenes.json").write_text(json.dumps(listed, indent=2) + "\n")
    (FOLDER / "clip-vocabulary.json").write_text(vocabulary(listed))


if __name__ == "__main__":
    main()
