"""Trains the demo model with the contrastive loss on drawn scenes; resumable, fixed seed.

    python3 train.py --threads 2 --work work

A caption can be true of several pictures of a batch and a picture can have several true
captions, so the contrastive targets share their weight among all true pairs. Beside the captions
of the batch, the labels themselves (names, shapes, colours) are contrasted, each kind by itself:
without that the model is content with colours for a long time.
"""
import argparse
import csv
import math
import random
import time
from multiprocessing import Pool
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from bpe import OUT, Tokenizer
from captions import TEMPLATES, caption, is_true, label_caption, label_sets
from model import EMBED, VISION, Clip, feature_surgery
from scenes import NAMES, inside, large_scene, scene

MEAN = torch.tensor([0.48145466, 0.4578275, 0.40821073]).view(1, 3, 1, 1)
STD = torch.tensor([0.26862954, 0.26130258, 0.27577711]).view(1, 3, 1, 1)
HELD_OUT = 10_000_000  # training scenes have smaller seeds


def to_pixels(pictures):
    return (torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2).float() / 255 - MEAN) / STD


def draw_many(job):
    kind, start, count = job
    drawn = [kind(seed, VISION["side"]) for seed in range(start, start + count)]
    return np.stack([d[0] for d in drawn]), [d[1] for d in drawn]


def draw_all(kind, count):
    """[count, side, side, 3] uint8 and the things of each."""
    chunk = 1000
    with Pool(2) as pool:
        parts = pool.map(draw_many, [(kind, s, chunk) for s in range(0, count, chunk)])
    return np.concatenate([p[0] for p in parts]), [t for p in parts for t in p[1]]


def text_batch(tokenizer, texts):
    ids = [tokenizer.encode(t) for t in texts]
    longest = max(map(len, ids))
    return torch.tensor([i + [0] * (longest - len(i)) for i in ids]), torch.tensor([len(i) for i in ids])


def choose(logits, truth):
    """Cross entropy of each row; its target is spread evenly over its true columns."""
    share = truth.sum(1)
    has = share > 0
    target = truth[has] / share[has, None]
    return -(target * F.log_softmax(logits[has], 1)).sum(1).mean()


def contrastive(logits, truth):
    return (choose(logits, truth) + choose(logits.T, truth.T)) / 2


def whiten_patches(model, pictures):
    """Starts the patch embedding where every direction of the patches counts alike: edges are a hundredth of brightness."""
    patch, width = VISION["patch"], VISION["width"]
    rows = F.unfold(to_pixels(pictures), patch, stride=patch).permute(0, 2, 1).flatten(0, 1)
    mean = rows.mean(0)
    variance, directions = torch.linalg.eigh((rows - mean).T @ (rows - mean) / len(rows))
    largest = (directions[:, -width:] / torch.sqrt(variance[-width:] + 0.1)).T
    turn = torch.linalg.qr(torch.randn(width, width))[0]
    weight = 0.6 * turn @ largest
    with torch.no_grad():
        model.patch.weight.copy_(weight.view_as(model.patch.weight))
        model.pos[1:] -= weight @ mean


@torch.no_grad()
def name_features(model, tokenizer, names=NAMES):
    """Template ensemble of each name, unit length [names, embed]."""
    rows = []
    for name in names:
        f = F.normalize(model.encode_text(*text_batch(tokenizer, [t.format(name) for t in TEMPLATES])).float(), dim=-1)
        rows.append(F.normalize(f.mean(0), dim=0))
    return torch.stack(rows)


@torch.no_grad()
def evaluate(model, tokenizer, sizes=(96,), depths=(6, 8), count=100):
    """Zero-shot accuracy on single objects and the share of objects that hold the maximum of their map."""
    model.eval()
    with torch.autocast("cpu", torch.bfloat16):
        texts = name_features(model, tokenizer).float()
        result = {}
        pictures, truth = zip(*(scene(HELD_OUT * 2 + i, VISION["side"], 1) for i in range(count)))
        image = F.normalize(model.encode_image(to_pixels(np.stack(pictures))).float(), dim=-1)
        result["zero_shot"] = np.mean([NAMES[j] == t[0].name for j, t in zip((image @ texts.T).argmax(1).tolist(), truth)])
        for size in sizes:
            drawn = [scene(HELD_OUT + i, size) for i in range(count)]
            pixels = to_pixels(np.stack([d[0] for d in drawn]))
            grid = size // VISION["patch"]
            kinds = {f"surgery{d}": (model.surgery_tokens, (d,)) for d in depths} | {"raw": (model.raw_tokens, ())}
            for kind, (tokens_of, args) in kinds.items():
                tokens = F.normalize(tokens_of(pixels, *args).float(), dim=-1)
                for suffix, weighted in (("", True), ("_w1", False)):
                    if kind == "raw":
                        maps = tokens @ texts.T
                    else:
                        maps = feature_surgery(tokens, texts, weighted)
                    hits = [
                        inside(t, (peak % grid + 0.5) / grid, (peak // grid + 0.5) / grid)
                        for i, (_, things) in enumerate(drawn) for t in things
                        for peak in [maps[i, 1:, NAMES.index(t.name)].argmax().item()]
                    ]
                    if kind != "raw" or weighted:
                        result[f"{kind}{suffix}@{size}"] = np.mean(hits)
    model.train()
    return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--batch", type=int, default=96)
    parser.add_argument("--scenes", type=int, default=80_000)
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--helped", type=float, default=0.5, help="share of the training with the helping classifier")
    parser.add_argument("--every", type=int, default=1000)
    parser.add_argument("--work", type=Path, default=Path("work"))
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)

    tokenizer = Tokenizer(OUT)
    model = Clip(len(tokenizer.vocab))
    averaged = Clip(len(tokenizer.vocab))
    decay = [p for p in model.parameters() if p.ndim > 1]
    plain = [p for p in model.parameters() if p.ndim <= 1 and p is not model.logit_scale]
    # Contrast alone is content with colours for thousands of steps. A linear classifier beside it asks for
    # shapes from the start; it fades out and is thrown away.
    helper = torch.nn.Linear(EMBED, sum(map(len, label_sets())))
    optimizer = torch.optim.AdamW(
        [{"params": decay + [helper.weight, helper.bias], "weight_decay": 0.05}, {"params": plain, "weight_decay": 0.0},
         {"params": [model.logit_scale], "weight_decay": 0.0, "faster": 3}], lr=args.lr, betas=(0.9, 0.98))
    pools = [draw_all(scene, args.scenes), draw_all(large_scene, args.scenes // 3)]
    whiten_patches(model, pools[0][0][:2000])
    averaged.load_state_dict(model.state_dict())
    print("parameters", sum(p.numel() for p in model.parameters()), flush=True)

    state_file, step, spent = args.work / "state.pt", 0, 0.0
    if state_file.exists():
        state = torch.load(state_file)
        model.load_state_dict(state["model"])
        averaged.load_state_dict(state["averaged"])
        optimizer.load_state_dict(state["optimizer"])
        helper.load_state_dict(state["helper"])
        step, spent = state["step"], state["spent"]
        rng = random.Random(args.seed + step)
    log = open(args.work / "curve.csv", "a", newline="")
    writer = csv.writer(log)
    began = time.time() - spent
    while step < args.steps:
        progress = step / args.steps
        lr = args.lr * min(1, (step + 1) / 150) * (0.5 + 0.5 * math.cos(math.pi * progress))
        for group in optimizer.param_groups:
            group["lr"] = lr * group.get("faster", 1)
        large = max(0.1, 0.8 * (1 - progress / 0.25))
        picks = [(pool, rng.randrange(len(pool[1]))) for pool in (pools[rng.random() < large] for _ in range(args.batch))]
        pixels = to_pixels(np.stack([pool[0][i] for pool, i in picks]))
        things = [pool[1][i] for pool, i in picks]
        if rng.random() < 0.5:
            pixels = pixels.flip(3)
        groups = [[caption(rng, of_scene) for of_scene in things]]
        groups += [[label_caption(rng, phrase) for phrase in labels] for labels in label_sets()]
        captions = [c for group in groups for c in group]
        truth = torch.tensor([[is_true(phrases, of_scene) for _, phrases in captions] for of_scene in things]).float()
        with torch.autocast("cpu", torch.bfloat16):
            image = model.encode_image(pixels)
            text = model.encode_text(*text_batch(tokenizer, [c for c, _ in captions]))
        scale = model.logit_scale.exp().clamp(max=100)
        logits = scale * F.normalize(image.float(), dim=-1) @ F.normalize(text.float(), dim=-1).T
        sizes = [len(group) for group in groups]
        losses = [contrastive(*pair) for pair in zip(logits.split(sizes, 1), truth.split(sizes, 1))]
        loss = sum(losses) / len(losses)
        help_share = max(0, 1 - progress / args.helped)
        if help_share > 0:
            guesses = helper(image.float()).split(sizes[1:], 1)
            loss = loss + help_share * sum(choose(*pair) for pair in zip(guesses, truth.split(sizes, 1)[1:])) / len(guesses)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        step += 1
        with torch.no_grad():
            ema = min(0.999, step / (step + 50))
            for a, p in zip(averaged.parameters(), model.parameters()):
                a.lerp_(p, 1 - ema)
        if step % 50 == 0:
            parts = " ".join(f"{part.item():.3f}" for part in losses)
            print(f"{step} {time.time() - began:.0f}s loss {parts} scale {scale.item():.1f}", flush=True)
        if step % args.every == 0 or step == args.steps:
            spent = time.time() - began
            result = evaluate(averaged, tokenizer)
            print(step, {k: round(float(v), 3) for k, v in result.items()}, flush=True)
            if log.tell() == 0:
                writer.writerow(["step", "seconds", "loss", *result])
            writer.writerow([step, round(spent), round(loss.item(), 4), *(round(float(v), 4) for v in result.values())])
            log.flush()
            torch.save({"model": model.state_dict(), "averaged": averaged.state_dict(),
                        "optimizer": optimizer.state_dict(), "helper": helper.state_dict(), "step": step, "spent": spent}, state_file)


if __name__ == "__main__":
    main()
