"""Draws scenes that training never saw as contact sheets for the evaluation with the product's own engine.

    python3 held_out.py --scenes 500 --folder held-out

Of the art styles of the training (seen) and of the one that was held out (unseen). A sheet is ten scenes wide; beside it lie
a picture that holds at each pixel the number of the thing seen there, and a list of the things.
"""
import argparse
import json
from pathlib import Path

import numpy as np
from PIL import Image

from concepts import NAMES
from glyphs import HELD_OUT, STYLES
from scenes import scene

SEED = 30_000_000  # training and the choices made while training use smaller seeds
SIDE, ACROSS = 192, 10
SHEETS = {"seen": STYLES, "unseen": (HELD_OUT,)}


def tiled(pictures):
    return np.concatenate([np.concatenate(pictures[r:r + ACROSS], 1) for r in range(0, len(pictures), ACROSS)])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--scenes", type=int, default=500, help="of each sheet, a multiple of ten")
    parser.add_argument("--folder", type=Path, required=True)
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    for sheet, styles in SHEETS.items():
        drawn = [scene(SEED + i, SIDE, styles=styles) for i in range(args.scenes)]
        Image.fromarray(tiled([d[0] for d in drawn])).save(args.folder / f"{sheet}.jpg", quality=90, subsampling=0)
        Image.fromarray(tiled([d[1] for d in drawn])).save(args.folder / f"{sheet}.png", optimize=True)
        scenes = [[thing.name for thing in d[2].things] for d in drawn]
        (args.folder / f"{sheet}.json").write_text(json.dumps({"names": NAMES, "scenes": scenes}) + "\n")


if __name__ == "__main__":
    main()
