"""Scenes of one to five things on a painted background: the training data and the held-out scenes of the evaluation."""
import math
import random
from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw

from backgrounds import background
from concepts import COLOURED_SHAPES, COLOURS, CONCEPTS, SHAPES
from glyphs import STYLES, drawings, glyph
from shapes import outline


OPAQUE = [255 * (a > 127) for a in range(256)]


@dataclass
class Thing:
    """One thing. Centre and radius (half its longer side) are shares of the picture's side, the angle is in degrees."""
    noun: str
    colour: str | None  # of a shape or a tinted drawing; None: as drawn
    file: str | None  # of the drawing; None: a shape
    x: float
    y: float
    radius: float
    angle: float = 0
    mirror: bool = False

    @property
    def name(self):
        return f"{self.colour} {self.noun}" if self.noun in SHAPES else self.noun


@dataclass
class Scene:
    things: list[Thing]
    places: list[str] = field(default_factory=list)


def shape_sticker(thing, side, colour):
    big = 4 * side
    points = [((x / 1.16 + 1) * big / 2, (y / 1.16 + 1) * big / 2) for x, y in outline(thing.noun)]
    mask = Image.new("L", (big, big), 0)
    ImageDraw.Draw(mask).polygon(points, fill=255)
    sticker = Image.new("RGBA", (side, side), tuple(int(c) for c in colour))
    sticker.putalpha(mask.resize((side, side), Image.BOX))
    return sticker


def recoloured(rng, sticker, colour, jitter):
    """Tints a drawing, or varies its colours a little."""
    pixels = np.asarray(sticker, dtype=np.float32)
    rgb, alpha = pixels[..., :3], pixels[..., 3:]
    grey = rgb @ np.float32([0.3, 0.59, 0.11])
    if colour:
        light = 0.35 + 0.85 * grey[..., None] / 255
        rgb = rgb * 0.12 + 0.88 * np.float32(COLOURS[colour]) * light + (25 * light if colour == "black" else 0)
    elif jitter:
        rgb = grey[..., None] + (rgb - grey[..., None]) * rng.uniform(0.55, 1.35)
        rgb = rgb * np.float32([rng.uniform(0.85, 1.15) for _ in range(3)]) + rng.uniform(-18, 18)
    return Image.fromarray(np.concatenate([np.clip(rgb, 0, 255), alpha], 2).astype(np.uint8), "RGBA")


def sticker(rng, thing, side, jitter):
    """The thing as RGBA, in pixels of a picture of this side."""
    long = max(4, round(2 * thing.radius * side))
    if thing.file is None:
        shift = [rng.uniform(-16, 16) for _ in range(3)] if jitter else (0, 0, 0)
        picture = shape_sticker(thing, long, np.clip(np.array(COLOURS[thing.colour]) + shift, 0, 255))
    else:
        source = glyph(thing.file, 128 if long <= 128 else 384)
        scale = long / max(source.size)
        picture = source.resize([max(2, round(n * scale)) for n in source.size], Image.BOX if scale < 0.5 else Image.BICUBIC)
        if thing.mirror:
            picture = picture.transpose(Image.FLIP_LEFT_RIGHT)
        if thing.colour or jitter:
            picture = recoloured(rng, picture, thing.colour, jitter)
    return picture.rotate(thing.angle, Image.BICUBIC, expand=True) if thing.angle else picture


def draw(rng, things, side):
    """(picture [side, side, 3] uint8, index of the thing seen at each pixel plus one [side, side], places)."""
    picture, places = background(rng, side)
    npr = np.random.default_rng(rng.getrandbits(32))
    picture = picture + npr.normal(0, 1, (side, side, 1)) * rng.uniform(0, 10)
    picture = Image.fromarray(np.clip(np.rint(picture), 0, 255).astype(np.uint8))
    seen = Image.new("L", (side, side), 0)
    for i, thing in enumerate(things):
        drawn = sticker(rng, thing, side, jitter=True)
        corner = (round(thing.x * side - drawn.width / 2), round(thing.y * side - drawn.height / 2))
        picture.paste(drawn, corner, drawn)
        box = (*corner, corner[0] + drawn.width, corner[1] + drawn.height)
        seen.paste(i + 1, box, drawn.getchannel("A").point(OPAQUE))
    return np.asarray(picture), np.asarray(seen), places


def a_thing(rng, styles, x, y, radius, noun=None):
    """A random thing; one in seven is a shape, one drawing in eight is tinted."""
    angle = rng.uniform(-25, 25)
    if noun in SHAPES or (noun is None and rng.random() < 1 / 7):
        colour, shape = rng.choice(COLOURED_SHAPES)
        return Thing(noun or shape, colour, None, x, y, radius, angle)
    noun = noun or rng.choice(list(CONCEPTS))
    colour = rng.choice(list(COLOURS)) if rng.random() < 1 / 8 else None
    return Thing(noun, colour, rng.choice(drawings(noun, styles)), x, y, radius, angle, rng.random() < 0.5)


def place(rng, count, radii, styles, overlap=0.22):
    """Things that hide each other little, now and then two of a kind."""
    low, high = radii[count - 1]
    things = []
    while len(things) < count:
        for _ in range(60):
            r = rng.uniform(low, high)
            x, y = rng.uniform(r * 0.9, 1 - r * 0.9), rng.uniform(r * 0.9, 1 - r * 0.9)
            if all(math.hypot(x - t.x, y - t.y) > (1 - overlap) * (r + t.radius) for t in things):
                break
        else:
            things.clear()
            continue
        same = things[0].noun if things and rng.random() < 0.1 else None
        things.append(a_thing(rng, styles, x, y, r, same))
    return things


SMALL = ((0.18, 0.46), (0.15, 0.28), (0.14, 0.22), (0.13, 0.19), (0.12, 0.17))


def scene(seed, side, count=None, radii=SMALL, styles=STYLES):
    """(picture, seen, scene) that depend on the seed alone, at any side."""
    rng = random.Random(seed)
    things = place(rng, count or rng.randint(1, len(radii)), radii, styles)
    picture, seen, places = draw(rng, things, side)
    return picture, seen, Scene(things, places)
