"""The published computation of CLIP Surgery in PyTorch, to be timed beside the engine.

Written for this project from the formulas, in the steps of the official code, nothing left out and nothing saved: every
surgery block computes both attentions of all tokens, the original path keeps its whole feed-forward, every sentence is
encoded at all positions of the context, feature surgery holds the products of all tokens with all words. All in fp32.
One thing differs: the official code overwrites the model's positional embeddings when the size changes, so that answers
depend on what ran before; here they are made from the stored ones each time.

    python3 official.py MODEL.safetensors [--threads N]

A ViT checkpoint under OpenAI's names. Says in one line of JSON what runs: {"torch", "threads", "gigaflops" of a matrix
product}; then does one command per line of standard input and answers each with one line: {"ms": milliseconds}, or
{"error": reason}. Files are read, and with "save" the result is written as .npy, off the clock.

    {"do": "image", "size": 512}                       hash noise as pixels; or "pixels": FILE.npy [1, 3, H, W]
                                                       -> tokens [1, 1 + N, embed], not normalised
    {"do": "text", "ids": [[[id, ...], ...], ...]}     labels of sentences of token ids, end-of-text the highest
                                                       -> one unit row per label: mean over its sentences
    {"do": "surgery", "tokens": FILE.npy, "texts": FILE.npy}  rows of unit length [1 + N, embed], [words, embed]
                                                       -> similarities [1, 1 + N, words]
"""

import argparse
import json
import struct
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

HEAD_WIDTH = 64
SURGERY_BLOCKS = 6
FORMATS = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}


def read_safetensors(path):
    """All tensors of a file as float32."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        start = file.tell()
        header.pop("__metadata__", None)
        tensors = {}
        for name, entry in header.items():
            begin, end = entry["data_offsets"]
            file.seek(start + begin)
            values = torch.frombuffer(bytearray(file.read(end - begin)), dtype=FORMATS[entry["dtype"]])
            tensors[name] = values.reshape(entry["shape"]).float()
        return tensors


class Block:
    """A residual block of one tower; tokens are [positions, batch, width] as in CLIP."""

    def __init__(self, tensors, name):
        part = lambda suffix: (tensors[f"{name}.{suffix}weight"], tensors[f"{name}.{suffix}bias"])
        self.norm1, self.norm2 = part("ln_1."), part("ln_2.")
        self.qkv, self.out = part("attn.in_proj_"), part("attn.out_proj.")
        self.fc1, self.fc2 = part("mlp.c_fc."), part("mlp.c_proj.")
        self.width = self.out[0].shape[0]
        self.heads = max(1, self.width // HEAD_WIDTH)

    def feed_forward(self, x):
        hidden = F.linear(norm(x, self.norm2), *self.fc1)
        return F.linear(hidden * torch.sigmoid(1.702 * hidden), *self.fc2)

    def plain(self, x, mask=None):
        """CLIP's own block: torch's multi-head attention, then the feed-forward."""
        y = norm(x, self.norm1)
        attended, _ = F.multi_head_attention_forward(
            y, y, y, self.width, self.heads, *self.qkv, None, None, False, 0.0, *self.out,
            training=False, need_weights=False, attn_mask=mask,
        )
        x = x + attended
        return x + self.feed_forward(x)

    def surgery(self, original, new):
        """Both paths: queries and keys for the original one, values with values for the new one, which has no feed-forward."""
        y = norm(original, self.norm1).transpose(0, 1)
        batch, count, width = y.shape
        qkv = F.linear(y, *self.qkv).reshape(batch, count, 3, self.heads, width // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        scale = (width // self.heads) ** -0.5

        def attend(a, b):
            weights = torch.softmax((a @ b.transpose(-2, -1)) * scale, -1)
            joined = (weights @ v).transpose(1, 2).reshape(batch, count, width)
            return F.linear(joined, *self.out).transpose(0, 1)

        attended, consistent = attend(q, k), attend(v, v)
        original = original + attended
        original = original + self.feed_forward(original)
        return original, new + consistent


class Clip:
    def __init__(self, tensors):
        count = lambda name: len([key for key in tensors if key.startswith(name) and key.endswith(".ln_1.weight")])
        blocks = lambda name: [Block(tensors, f"{name}{i}") for i in range(count(name))]
        self.tensors = tensors
        self.vision = blocks("visual.transformer.resblocks.")
        self.text = blocks("transformer.resblocks.")
        context = tensors["positional_embedding"].shape[0]
        self.causal = torch.full((context, context), float("-inf")).triu_(1)

    def norm(self, name, x):
        return norm(x, (self.tensors[f"{name}.weight"], self.tensors[f"{name}.bias"]))

    def encode_image(self, pixels):
        """Tokens [1, 1 + N, embed] of normalised pixels: the class token of the original path, the patches of the new one."""
        weight = self.tensors["visual.conv1.weight"]
        grid = F.conv2d(pixels, weight, stride=weight.shape[-1])
        side = grid.shape[-1]
        patches = grid.reshape(*grid.shape[:2], -1).permute(0, 2, 1)
        start = self.tensors["visual.class_embedding"].expand(pixels.shape[0], 1, -1)
        x = torch.cat([start, patches], 1) + self.positions(side)
        x = self.norm("visual.ln_pre", x).permute(1, 0, 2)

        first = len(self.vision) - SURGERY_BLOCKS
        for block in self.vision[:first]:
            x = block.plain(x)
        original = new = x
        for block in self.vision[first:]:
            original, new = block.surgery(original, new)
        x = torch.cat([original[:1], new[1:]]).permute(1, 0, 2)
        return self.norm("visual.ln_post", x) @ self.tensors["visual.proj"]

    def positions(self, side):
        stored = self.tensors["visual.positional_embedding"]
        native = round((stored.shape[0] - 1) ** 0.5)
        if side == native:
            return stored
        grid = stored[1:].reshape(1, native, native, -1).permute(0, 3, 1, 2)
        resized = F.interpolate(grid, size=(side, side), mode="bilinear", align_corners=False)
        return torch.cat([stored[:1], resized.flatten(2)[0].T])

    def encode_text(self, ids):
        """Features [sentences, embed] of ids [sentences, context]."""
        x = self.tensors["token_embedding.weight"][ids] + self.tensors["positional_embedding"]
        x = x.permute(1, 0, 2)
        for block in self.text:
            x = block.plain(x, self.causal)
        x = self.norm("ln_final", x.permute(1, 0, 2))
        return x[torch.arange(len(ids)), ids.argmax(-1)] @ self.tensors["text_projection"]

    def encode_labels(self, labels):
        """One row of unit length per label: the mean over its sentences, each of unit length."""
        rows = []
        for ids in labels:
            features = self.encode_text(ids)
            mean = F.normalize(features, dim=-1).mean(0)
            rows.append(mean / mean.norm())
        return torch.stack(rows)


def norm(x, weight_and_bias):
    return F.layer_norm(x, x.shape[-1:], *weight_and_bias, 1e-5)


def feature_surgery(tokens, texts):
    """Similarities [1, 1 + N, words] without what the words share, with all products in memory: [1, 1 + N, words, embed]."""
    share = torch.softmax(2 * tokens[:, :1] @ texts.T, -1)
    weights = share / share.mean(-1, keepdim=True)
    products = tokens.unsqueeze(2) * texts.unsqueeze(0).unsqueeze(0)
    products *= weights.unsqueeze(-1)
    products -= products.mean(2, keepdim=True)
    return products.sum(-1)


def noise(size):
    return torch.randn(1, 3, size, size, generator=torch.Generator().manual_seed(1))


def padded(labels, context):
    return [torch.tensor([ids + [0] * (context - len(ids)) for ids in sentences]) for sentences in labels]


def load(path):
    return torch.from_numpy(np.load(path))


def prepare(clip, command):
    """What is to be timed, as a function of no arguments: its inputs are in memory."""
    if command["do"] == "image":
        pixels = load(command["pixels"]) if "pixels" in command else noise(command["size"])
        return lambda: clip.encode_image(pixels)
    if command["do"] == "text":
        labels = padded(command["ids"], len(clip.causal))
        return lambda: clip.encode_labels(labels)
    if command["do"] == "surgery":
        tokens, texts = load(command["tokens"]).unsqueeze(0), load(command["texts"])
        return lambda: feature_surgery(tokens, texts)
    raise ValueError(f"There is no command {command['do']}.")


def gigaflops(side=768):
    """Speed of matrix products: the reference BLAS, which Debian's torch takes where no other one is, reaches a few."""
    a = torch.ones(side, side)
    times = []
    for _ in range(4):
        started = time.perf_counter()
        a @ a
        times.append(time.perf_counter() - started)
    return 2e-9 * side**3 / min(times)


def answer(clip, line):
    try:
        command = json.loads(line)
        run = prepare(clip, command)
        started = time.perf_counter()
        result = run()
        milliseconds = 1000 * (time.perf_counter() - started)
        if "save" in command:
            np.save(command["save"], result.numpy())
        return {"ms": milliseconds}
    except Exception as error:  # the other side decides what a failure means
        return {"error": f"{type(error).__name__}: {error}"}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("--threads", type=int)
    arguments = parser.parse_args()
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    say = lambda value: print(json.dumps(value), flush=True)
    with torch.no_grad():
        clip = Clip(read_safetensors(arguments.model))
        say({"torch": torch.__version__, "threads": torch.get_num_threads(), "gigaflops": gigaflops()})
        for line in sys.stdin:
            say(answer(clip, line))


if __name__ == "__main__":
    main()
