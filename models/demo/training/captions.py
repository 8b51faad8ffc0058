"""Captions of scenes, and the test of whether a caption is true of a scene.

A phrase is a (colour, shape) pair in which either may be None; a caption is true of a
scene when each of its phrases fits one of the things in it.
"""
import json
from pathlib import Path

from scenes import COLOURS, NAMES, SHAPES

_SETS = json.loads((Path(__file__).parents[3] / "src/clip/tokenizer/templates.json").read_text())
TEMPLATES = _SETS["openai"] + _SETS["inTheScene"]


def wording(phrase):
    colour, shape = phrase
    return f"{colour} {shape}" if colour and shape else shape or f"{colour} shape"


def with_article(words):
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def caption(rng, things):
    """(text, phrases) that is true of these things."""
    phrases = [(t.colour, t.shape) for t in rng.sample(things, len(things))]
    kind = rng.random()
    if kind < 0.45:
        words = [with_article(wording(p)) for p in phrases]
        joined = words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]
        return joined, phrases
    phrase = phrases[0]
    if kind > 0.9:
        phrase = rng.choice(((phrase[0], None), (None, phrase[1])))
    words = wording(phrase)
    if rng.random() < 0.2:
        words = with_article(words)
    text = words if rng.random() < 0.3 else rng.choice(TEMPLATES).format(words)
    return text, [phrase]


def label_sets():
    """Labels of three kinds, each a list of phrases: names, shapes alone, colours alone."""
    return [[tuple(n.split()) for n in NAMES], [(None, s) for s in SHAPES], [(c, None) for c in COLOURS]]


def label_caption(rng, phrase):
    """(text, phrases) of a label, bare or in a random template."""
    words = wording(phrase)
    return words if rng.random() < 0.4 else rng.choice(TEMPLATES).format(words), [phrase]


def is_true(phrases, things):
    return all(any((c is None or t.colour == c) and (s is None or t.shape == s) for t in things) for c, s in phrases)


def corpus():
    """Every word form that a caption can hold, for the tokenizer."""
    for name in NAMES:
        yield from (t.format(name) for t in TEMPLATES)
        yield f"{with_article(name)}, {with_article(name)} and {with_article(name)} shape"
