"""What the model knows: nouns drawn as emoji (concepts.json), coloured shapes, and places (backgrounds)."""
import json
from pathlib import Path

KINDS = json.loads((Path(__file__).parent / "concepts.json").read_text())
CONCEPTS = {name: concept for kind in KINDS.values() for name, concept in kind.items()}
COLOURS = {
    "red": (214, 40, 40), "orange": (244, 140, 6), "yellow": (250, 215, 40), "green": (42, 160, 60),
    "blue": (40, 80, 215), "purple": (140, 50, 175), "white": (250, 250, 250), "black": (18, 18, 18),
}
SHAPES = ("circle", "square", "triangle", "star", "heart", "cross")
COLOURED_SHAPES = [(colour, shape) for colour in COLOURS for shape in SHAPES]

# The words for a place, and how a caption puts things there.
PLACES = {
    "sky": {"sky": "under a sky", "blue sky": "under a blue sky"},
    "night sky": {"night sky": "under a night sky", "night": "at night"},
    "grass": {"grass": "on grass", "meadow": "in a meadow", "lawn": "on a lawn"},
    "sand": {"sand": "on sand", "beach": "on a beach"},
    "snow": {"snow": "in snow"},
    "water": {"water": "on water", "sea": "on the sea"},
    "road": {"road": "on a road", "street": "on a street"},
    "bricks": {"bricks": "in front of bricks", "brick wall": "in front of a brick wall"},
    "wood": {"wood": "on wood", "wooden table": "on a wooden table"},
    "checks": {"checks": "on checks", "checked cloth": "on a checked cloth"},
    "stripes": {"stripes": "on stripes"},
    "noise": {"noise": "on noise"},
    "gradient": {"gradient": "on a gradient"},
    "plain background": {"plain background": "on a plain background"},
}

# Every name that is looked for in a picture: nouns, then coloured shapes.
NAMES = [*CONCEPTS, *(f"{colour} {shape}" for colour, shape in COLOURED_SHAPES)]

# The words that are shown first.
PROMPTS = ["dog", "bicycle", "tree", "sun", "cat", "car"]


def wordings(noun):
    """The name and its synonyms."""
    return [noun, *CONCEPTS[noun]["also"]] if noun in CONCEPTS else [noun]
