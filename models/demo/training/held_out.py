"""Draws held-out scenes as contact sheets for the evaluation with the product's own engine.

    python3 held_out.py --sheets 5 --folder held-out

A sheet is 10 x 10 scenes of 128 px, with a JSON list of each scene's objects and their outlines.
"""
import argparse
import json
from pathlib import Path

import numpy as np
from PIL import Image

from scenes import polygon, scene

SEED = 10_000_000  # training uses smaller seeds
SIDE, ACROSS = 128, 10


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sheets", type=int, default=5)
    parser.add_argument("--folder", type=Path, required=True)
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    for sheet in range(args.sheets):
        drawn = [scene(SEED + sheet * ACROSS**2 + i, SIDE) for i in range(ACROSS**2)]
        rows = [np.concatenate([d[0] for d in drawn[r * ACROSS:(r + 1) * ACROSS]], 1) for r in range(ACROSS)]
        Image.fromarray(np.concatenate(rows)).save(args.folder / f"sheet-{sheet}.jpg", quality=92, subsampling=0)
        scenes = [[{"name": t.name, "outline": [[round(v, 4) for v in p] for p in polygon(t, 1.0)]} for t in things]
                  for _, things in drawn]
        (args.folder / f"sheet-{sheet}.json").write_text(json.dumps(scenes, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
