"""Trains the demo model with the contrastive loss on drawn scenes; resumable, fixed seed.

    python3 train.py --threads 2 --work work

What things look like is learned from pictures of 32 px that one thing fills: they cost a tenth of whole scenes at 96 px,
which come last. A caption can be true of several pictures of a batch and a picture can have several true captions, so the
contrastive targets share their weight among all true pairs. Beside captions of the batch, half of all labels are
contrasted; gibberish is true of no picture.
"""
import argparse
import csv
import math
import pickle
import random
import time
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from bpe import OUT, Tokenizer
from captions import TEMPLATES, caption, gibberish, is_true, label_caption, labels
from concepts import NAMES, SHAPES
from model import EMBED, VISION, Clip, feature_surgery
from muon import Muon
from scenes import SMALL, scene

MEAN = torch.tensor([0.48145466, 0.4578275, 0.40821073]).view(1, 3, 1, 1)
STD = torch.tensor([0.26862954, 0.26130258, 0.27577711]).view(1, 3, 1, 1)


@dataclass(frozen=True)
class Phase:
    """A part of the training. Things are that large: shares of the side, for one thing, for two …"""
    steps: int
    side: int
    radii: tuple
    batch: int
    scenes: int
    restarts: bool = False  # whether the learning rates start again


PHASES = (
    Phase(1296, 32, ((0.36, 0.5),), 224, 100_000),
    Phase(702, 64, ((0.24, 0.5), (0.2, 0.3)), 96, 40_000),
    Phase(702, 96, SMALL, 96, 40_000),
    Phase(2300, 96, SMALL, 96, 80_000, restarts=True),
)
STEPS = sum(phase.steps for phase in PHASES)
HELPED = 1620  # steps with the helping classifier
CAPTIONS = 96  # of a batch
HELD_OUT = 10_000_000  # training scenes have smaller seeds
LABELS = labels()
COLUMN = {phrase: i for i, phrase in enumerate(LABELS)}
GIBBERISH = 24


def to_pixels(pictures):
    return (torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2).float() / 255 - MEAN) / STD


def draw_many(job):
    first, count, side, radii = job
    drawn = [scene(seed, side, radii=radii) for seed in range(first, first + count)]
    return np.stack([d[0] for d in drawn]), [d[2] for d in drawn]


def draw_all(work, index, chunk=1000):
    """[count, side, side, 3] uint8 and the scenes of a phase; kept in a file."""
    file, first, phase = work / f"scenes-{index}.pickle", index * 1_000_000, PHASES[index]
    if not file.exists():
        with Pool(2) as pool:
            parts = pool.map(draw_many, [(s, chunk, phase.side, phase.radii) for s in range(first, first + phase.scenes, chunk)])
        file.write_bytes(pickle.dumps((np.concatenate([p[0] for p in parts]), [t for p in parts for t in p[1]]), protocol=4))
    return pickle.loads(file.read_bytes())


def text_batch(tokenizer, texts):
    ids = [tokenizer.encode(t) for t in texts]
    longest = max(map(len, ids))
    return torch.tensor([i + [0] * (longest - len(i)) for i in ids]), torch.tensor([len(i) for i in ids])


def encode_texts(model, tokenizer, texts, parts=4):
    """[texts, embed]; texts of like length go together, so that little is padded."""
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    size = -(-len(order) // parts)
    rows = [model.encode_text(*text_batch(tokenizer, [texts[i] for i in order[k:k + size]])) for k in range(0, len(order), size)]
    return torch.cat(rows)[torch.tensor(order).argsort()]


def label_truth(scenes):
    """[scenes, labels]: 1 where the label is in the scene."""
    truth = torch.zeros(len(scenes), len(LABELS))
    for row, of in zip(truth, scenes):
        row[[COLUMN[(t.noun, t.colour if t.noun in SHAPES else None, 1)] for t in of.things] + [COLUMN[p] for p in of.places]] = 1
    return truth


def choose(logits, truth):
    """Cross entropy of each row; its target is spread evenly over its true columns."""
    share = truth.sum(1)
    has = share > 0
    target = truth[has] / share[has, None]
    return -(target * F.log_softmax(logits[has], 1)).sum(1).mean()


def contrastive(logits, truth):
    return (choose(logits, truth) + choose(logits.T, truth.T)) / 2


@torch.no_grad()
def name_features(model, tokenizer, names=NAMES, templates=TEMPLATES[::8]):
    """Template ensemble of each name, unit length [names, embed]."""
    texts = [t.format(name) for name in names for t in templates]
    rows = torch.cat([model.encode_text(*text_batch(tokenizer, texts[i:i + 1024])).float() for i in range(0, len(texts), 1024)])
    return F.normalize(F.normalize(rows, dim=-1).view(len(names), len(templates), -1).mean(1), dim=-1)


@torch.no_grad()
def evaluate(model, tokenizer, size=144, depths=(6, 7), count=200):
    """Zero-shot accuracy on single things, and the share of things that hold the maximum of their map."""
    model.eval()
    with torch.autocast("cpu", torch.bfloat16):
        texts = name_features(model, tokenizer)
        result = {}
        drawn = [scene(HELD_OUT * 2 + i, VISION["side"], 1) for i in range(count)]
        image = F.normalize(model.encode_image(to_pixels(np.stack([d[0] for d in drawn]))).float(), dim=-1)
        best = (image @ texts.T).argmax(1).tolist()
        result["zero_shot"] = np.mean([NAMES[j] == d[2].things[0].name for j, d in zip(best, drawn)])
        drawn = [scene(HELD_OUT + i, size) for i in range(count // 2)]
        pixels = to_pixels(np.stack([d[0] for d in drawn]))
        grid = size // VISION["patch"]
        kinds = {f"surgery{d}": lambda p, d=d: model.surgery_tokens(p, d) for d in depths} | {"raw": model.raw_tokens}
        for kind, tokens_of in kinds.items():
            tokens = F.normalize(torch.cat([tokens_of(p) for p in pixels.split(25)]).float(), dim=-1)
            maps = tokens @ texts.T if kind == "raw" else feature_surgery(tokens, texts)
            hits = []
            for i, (_, seen, of) in enumerate(drawn):
                for name in {t.name for t in of.things}:
                    peak = maps[i, 1:, NAMES.index(name)].argmax().item()
                    at = seen[peak // grid * 8 + 4, peak % grid * 8 + 4]
                    hits.append(at > 0 and of.things[at - 1].name == name)
            result[kind] = np.mean(hits)
    model.train()
    return result


def learning_rate(step):
    """Share of the peak: warm-up, then half a cosine, and the same once more from where a phase says so, at half the height."""
    first = next(sum(p.steps for p in PHASES[:i]) for i, p in enumerate(PHASES) if p.restarts)
    start, end, height = (0, first, 1) if step < first else (first, STEPS, 0.5)
    return height * min(1, (step - start + 1) / 100) * (0.5 + 0.5 * math.cos(math.pi * (step - start) / (end - start)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument("--matrix-lr", type=float, default=0.01, help="of the matrices of the blocks")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=400)
    parser.add_argument("--work", type=Path, default=Path("work"))
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)

    tokenizer = Tokenizer(OUT)
    model = Clip(len(tokenizer.vocab))
    averaged = Clip(len(tokenizer.vocab))
    matrices = [w for block in (*model.blocks, *model.text_blocks)
                for w in (block.qkv.weight, block.out_proj.weight, block.fc1.weight, block.fc2.weight)]
    others = [p for p in model.parameters() if all(p is not m for m in matrices) and p is not model.logit_scale]
    decay, plain = [p for p in others if p.ndim > 1], [p for p in others if p.ndim <= 1]
    # Contrast alone is content with colours for thousands of steps. A linear classifier beside it asks for
    # the things from the start; it fades out and is thrown away.
    helper = torch.nn.Linear(EMBED, len(LABELS))
    optimizers = [
        Muon(matrices, lr=args.matrix_lr),
        torch.optim.AdamW(
            [{"params": decay + [helper.weight, helper.bias], "weight_decay": 0.05}, {"params": plain, "weight_decay": 0.0},
             {"params": [model.logit_scale], "weight_decay": 0.0, "lr": 3 * args.lr}], lr=args.lr, betas=(0.9, 0.98))]
    groups_of_rates = [group for optimizer in optimizers for group in optimizer.param_groups]
    for group in groups_of_rates:
        group["peak"] = group["lr"]
    averaged.load_state_dict(model.state_dict())
    print("parameters", sum(p.numel() for p in model.parameters()), flush=True)

    state_file, step, spent = args.work / "state.pt", 0, 0.0
    if state_file.exists():
        state = torch.load(state_file)
        model.load_state_dict(state["model"])
        averaged.load_state_dict(state["averaged"])
        for optimizer, of in zip(optimizers, state["optimizers"]):
            optimizer.load_state_dict(of)
        groups_of_rates = [group for optimizer in optimizers for group in optimizer.param_groups]
        helper.load_state_dict(state["helper"])
        step, spent = state["step"], state["spent"]
    rng = random.Random(args.seed + step)
    log = open(args.work / "curve.csv", "a", newline="")
    writer = csv.writer(log)
    began = time.time() - spent
    drawn = None
    while step < STEPS:
        index = next(i for i in range(len(PHASES)) if step < sum(p.steps for p in PHASES[:i + 1]))
        if drawn != index:
            pictures, scenes = draw_all(args.work, index)
            drawn = index
        rate = learning_rate(step)
        for group in groups_of_rates:
            group["lr"] = group["peak"] * rate
        picks = [rng.randrange(len(scenes)) for _ in range(PHASES[index].batch)]
        pixels = to_pixels(pictures[picks])
        if rng.random() < 0.5:
            pixels = pixels.flip(3)
        of = [scenes[i] for i in picks]
        nonsense = [[gibberish(rng) for _ in range(GIBBERISH)] for _ in range(2)]
        captions = [caption(rng, s) for s in of[:CAPTIONS]]
        chosen = rng.sample(range(len(LABELS)), len(LABELS) // 2)
        groups = [[text for text, _ in captions] + nonsense[0], [label_caption(rng, LABELS[i])[0] for i in chosen] + nonsense[1]]
        named = label_truth(of)
        truth = [torch.tensor([[is_true(phrases, s) for _, phrases in captions] for s in of]).float(), named[:, chosen]]
        truth = [F.pad(t, (0, GIBBERISH)) for t in truth]
        with torch.autocast("cpu", torch.bfloat16):
            image = model.encode_image(pixels)
            text = encode_texts(model, tokenizer, [text for group in groups for text in group])
        scale = model.logit_scale.exp().clamp(max=100)
        logits = scale * F.normalize(image.float(), dim=-1) @ F.normalize(text.float(), dim=-1).T
        losses = [contrastive(*pair) for pair in zip(logits.split([len(g) for g in groups], 1), truth)]
        loss = sum(losses) / len(losses)
        help_share = max(0, 1 - step / HELPED)
        if help_share > 0:
            loss = loss + help_share * choose(helper(image.float()), named)
        for optimizer in optimizers:
            optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer in optimizers:
            optimizer.step()
        step += 1
        with torch.no_grad():
            ema = min(0.995, step / (step + 50))
            for a, p in zip(averaged.parameters(), model.parameters()):
                a.lerp_(p, 1 - ema)
        if step % 50 == 0:
            parts = " ".join(f"{part.item():.3f}" for part in losses)
            guess = logits[:, -truth[1].shape[1]:].argmax(1, keepdim=True)
            right = truth[1].gather(1, guess)[truth[1].sum(1) > 0].mean().item()
            print(f"{step} {time.time() - began:.0f}s loss {parts} right {right:.2f} scale {scale.item():.1f}", flush=True)
        if step % args.every == 0 or step == STEPS:
            spent = time.time() - began
            result = evaluate(averaged, tokenizer)
            print(step, {k: round(float(v), 3) for k, v in result.items()}, flush=True)
            if log.tell() == 0:
                writer.writerow(["step", "seconds", "loss", *result])
            writer.writerow([step, round(spent), round(loss.item(), 4), *(round(float(v), 4) for v in result.values())])
            log.flush()
            torch.save({"model": model.state_dict(), "averaged": averaged.state_dict(),
                        "optimizers": [o.state_dict() for o in optimizers], "helper": helper.state_dict(), "step": step, "spent": spent}, state_file)


if __name__ == "__main__":
    main()
