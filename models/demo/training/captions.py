"""Captions of scenes, and the test of whether a caption is true of a scene.

A caption is a text with the phrases that it claims: (noun, colour, count) of things, in which noun or colour may be
None, or the name of a place. It is true of a scene when each of its phrases is.
"""
import json
from pathlib import Path

from concepts import COLOURED_SHAPES, CONCEPTS, PLACES, SHAPES, wordings

_SETS = json.loads((Path(__file__).parents[3] / "src/clip/tokenizer/templates.json").read_text())
TEMPLATES = _SETS["openai"] + _SETS["inTheScene"]
NUMBERS = ("two", "three", "four", "five")
PLURALS = {
    "mouse": "mice", "knife": "knives", "kitchen knife": "kitchen knives", "fish": "fish", "sheep": "sheep", "deer": "deer",
    "shrimp": "shrimp", "die": "dice", "loaf of bread": "loaves of bread", "scarf": "scarves",
    "autumn leaf": "autumn leaves", "maple leaf": "maple leaves", "snowman": "snowmen", "bus": "buses", "cactus": "cacti",
    "octopus": "octopuses", "flamingo": "flamingos", "volcano": "volcanoes",
}
UNCOUNTED = {
    "bread", "corn", "maize", "broccoli", "bacon", "popcorn", "sushi", "soup", "stew", "food", "cheese", "meat", "honey", "coffee",
    "wine", "beer", "cattle", "rain", "lightning", "fire", "chocolate", "candy",
}


def plural(words):
    if words in PLURALS:
        return PLURALS[words]
    if " of " in words or " on a " in words or " in a " in words:
        head, rest = words.split(" ", 1)
        return f"{plural(head)} {rest}"
    if words[-1] == "s" and words[-2] != "s":
        return words
    if words[-1] == "y" and words[-2] not in "aeiou":
        return words[:-1] + "ies"
    return words + ("es" if words.endswith(("s", "x", "ch", "sh", "to", "go")) else "s")


def with_article(words):
    is_many = words in UNCOUNTED or (words[-1] == "s" and words[-2] not in "su")
    return words if is_many else f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def wording(rng, phrase):
    """The words of one thing or several, without article."""
    if isinstance(phrase, str):
        return rng.choice(list(PLACES[phrase]))
    noun, colour, count = phrase
    words = rng.choice(wordings(noun) if rng.random() < 0.5 else [noun]) if noun else "thing"
    words = f"{colour} {words}" if colour else words
    return f"{NUMBERS[count - 2]} {plural(words)}" if count > 1 else words


def phrases_of(rng, things):
    """What there is to say about the things: equal ones are counted."""
    counts = {}
    for thing in rng.sample(things, len(things)):
        key = (thing.noun, thing.colour if thing.noun in SHAPES or rng.random() < 0.8 else None)
        counts[key] = 1 if thing.noun in UNCOUNTED else counts.get(key, 0) + 1
    return [(*key, count) for key, count in counts.items()]


def joined(rng, parts):
    if len(parts) == 2:
        return rng.choice((" and ", " next to ", " and ", " with ")).join(parts)
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]


def caption(rng, scene):
    """(text, phrases) that is true of this scene."""
    phrases = phrases_of(rng, scene.things)
    kind = rng.random()
    if kind < 0.55:
        text = joined(rng, [with_article(wording(rng, p)) if p[2] == 1 else wording(rng, p) for p in phrases])
        if kind < 0.25:
            where = rng.choice(scene.places)
            text += " " + rng.choice(list(PLACES[where].values()))
            phrases = [*phrases, where]
        return text, phrases
    phrase = rng.choice(phrases)
    if kind > 0.95:
        phrase = rng.choice(scene.places)
    elif kind > 0.9 and phrase[1]:
        phrase = rng.choice(((phrase[0], None, 1), (None, phrase[1], 1)))
    return label_caption(rng, phrase)


def labels():
    """The phrase of every noun, coloured shape and place."""
    return [(noun, None, 1) for noun in CONCEPTS] + [(shape, colour, 1) for colour, shape in COLOURED_SHAPES] + list(PLACES)


def label_caption(rng, phrase):
    """(text, phrases) of a label, bare, with an article or in a random template."""
    words = wording(rng, phrase)
    kind = rng.random()
    if kind < 0.2 and not isinstance(phrase, str) and phrase[2] == 1:
        words = with_article(words)
    return words if kind < 0.45 else rng.choice(TEMPLATES).format(words), [phrase]


def gibberish(rng):
    """A prompt that is true of no picture: letters at random."""
    word = "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(rng.randint(2, 9)))
    words = word if rng.random() < 0.7 else word + " " + "".join(rng.choice("aeioubcdfghlmnrst") for _ in range(rng.randint(3, 8)))
    return words if rng.random() < 0.5 else rng.choice(TEMPLATES).format(words)


def is_true(phrases, scene):
    return all(_holds(p, scene) for p in phrases)


def _holds(phrase, scene):
    if isinstance(phrase, str):
        return phrase in scene.places
    noun, colour, count = phrase
    return sum((noun is None or t.noun == noun) and (colour is None or t.colour == colour) for t in scene.things) >= count


def corpus():
    """Every word form that a caption can hold, for the tokenizer."""
    colours = " ".join(dict.fromkeys(colour for colour, _ in COLOURED_SHAPES))
    yield colours + " thing things , and next to with a an on in under in front of " + " ".join(NUMBERS)
    for words in [w for noun in (*CONCEPTS, *SHAPES) for w in wordings(noun)]:
        yield from (t.format(words) for t in TEMPLATES)
        yield f"{words} {plural(words)}"
    for wordings_of_place in PLACES.values():
        yield from wordings_of_place.values()
