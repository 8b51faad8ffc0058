"""Draws the learning curve: curve.csv -> curve.svg (Debian: python3-matplotlib)."""
import csv
from pathlib import Path

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402

HERE = Path(__file__).parent
SHOWN = {"zero_shot": "zero-shot, all names", "surgery7": "pointing, CLIP Surgery", "raw": "pointing, raw CLIP"}


def main():
    with open(HERE / "curve.csv", newline="") as file:
        rows = [{key: float(value) for key, value in row.items()} for row in csv.DictReader(file)]
    plt.rcParams["svg.hashsalt"] = "curve"  # the same file from the same numbers
    figure, axes = plt.subplots(figsize=(6, 3.2), layout="constrained")
    for (key, label), style in zip(SHOWN.items(), ("-", "--", ":")):
        axes.plot([r["step"] for r in rows], [100 * r[key] for r in rows], style, label=label)
    axes.set(xlabel="step", ylabel="%", ylim=(0, 100))
    axes.grid(alpha=0.3)
    axes.legend()
    figure.savefig(HERE / "curve.svg", metadata={"Date": None})


if __name__ == "__main__":
    main()
