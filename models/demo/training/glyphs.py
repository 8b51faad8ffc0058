"""The rendered emoji (glyphs.mjs), by art style."""
from functools import lru_cache
from pathlib import Path

from PIL import Image

from concepts import CONCEPTS

FOLDER = Path(__file__).parent / "glyphs"
HELD_OUT = "twemoji"  # nothing in training looks at it
STYLES = tuple(sorted(p.name for p in FOLDER.glob("*") if p.name != HELD_OUT))


@lru_cache(None)
def drawings(noun, styles):
    """The files of a noun in these styles."""
    files = [FOLDER / style / f"{emoji}.png" for style in styles for emoji in CONCEPTS[noun]["emoji"]]
    return [str(f) for f in files if f.exists()]


@lru_cache(None)
def glyph(file, side):
    """RGBA, its longer side this long."""
    picture = Image.open(file).convert("RGBA")
    scale = side / max(picture.size)
    return picture.resize([max(1, round(n * scale)) for n in picture.size], Image.LANCZOS)
