"""CLIP in the usual form (pre-norm, QuickGELU, CLS token, causal text), and CLIP Surgery for the evaluation."""
import math

import torch
import torch.nn.functional as F
from torch import nn

VISION = dict(width=192, layers=8, heads=3, patch=8, side=96)
TEXT = dict(width=128, layers=3, heads=2, context=77)
EMBED = 192


def waves(side, width):
    """Sines and cosines of row and column [1 + side * side, width]: smooth, so that other sizes can be interpolated."""
    frequency = torch.exp(torch.linspace(math.log(0.5), math.log(3), width // 4)) * math.pi / side
    y, x = torch.meshgrid(torch.arange(side) + 0.5, torch.arange(side) + 0.5, indexing="ij")
    angles = [axis.reshape(-1, 1) * frequency for axis in (y, x)]
    table = torch.cat([f(a) for a in angles for f in (torch.sin, torch.cos)], 1)
    return torch.cat([torch.zeros(1, width), table]) * 0.4


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.layer_norm1, self.layer_norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out_proj = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.fc1, self.fc2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def attend(self, q, k, v, mask=None):
        scores = q @ k.transpose(-1, -2) * (q.shape[-1] ** -0.5)
        if mask is not None:
            scores = scores + mask
        out = torch.softmax(scores, -1) @ v
        return self.out_proj(out.transpose(1, 2).flatten(2))

    def split(self, x):
        b, n, w = x.shape
        return self.qkv(self.layer_norm1(x)).view(b, n, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)

    def mlp(self, x):
        h = self.fc1(self.layer_norm2(x))
        return self.fc2(h * torch.sigmoid(1.702 * h))

    def forward(self, x, mask=None):
        x = x + self.attend(*self.split(x), mask)
        return x + self.mlp(x)


class Clip(nn.Module):
    def __init__(self, vocab):
        super().__init__()
        w, side = VISION["width"], VISION["side"] // VISION["patch"]
        self.patch = nn.Conv2d(3, w, VISION["patch"], VISION["patch"], bias=False)
        self.cls = nn.Parameter(torch.randn(w) * w**-0.5)
        self.pos = nn.Parameter(waves(side, w))
        self.pre, self.post = nn.LayerNorm(w), nn.LayerNorm(w)
        self.blocks = nn.ModuleList(Block(w, VISION["heads"]) for _ in range(VISION["layers"]))
        self.visual_projection = nn.Linear(w, EMBED, bias=False)
        t = TEXT["width"]
        self.token = nn.Embedding(vocab, t)
        self.text_pos = nn.Parameter(torch.randn(TEXT["context"], t) * 0.01)
        self.text_blocks = nn.ModuleList(Block(t, TEXT["heads"]) for _ in range(TEXT["layers"]))
        self.final = nn.LayerNorm(t)
        self.text_projection = nn.Linear(t, EMBED, bias=False)
        # CLIP starts at ln(1 / 0.07). On so small a model that sharpness punishes the first random
        # guesses so hard that all features collapse into one, and shapes are never learned.
        self.logit_scale = nn.Parameter(torch.tensor(1.1))
        self.init()

    def init(self):
        nn.init.normal_(self.token.weight, std=0.02)
        for blocks in (self.blocks, self.text_blocks):
            for b in blocks:
                width = b.out_proj.in_features
                nn.init.normal_(b.qkv.weight, std=width**-0.5)
                nn.init.normal_(b.fc1.weight, std=(2 * width) ** -0.5)
                nn.init.zeros_(b.out_proj.weight)  # every block starts as the identity
                nn.init.zeros_(b.fc2.weight)
                for linear in (b.qkv, b.out_proj, b.fc1, b.fc2):
                    nn.init.zeros_(linear.bias)

    def positions(self, grid):
        side = int((self.pos.shape[0] - 1) ** 0.5)
        if grid == side:
            return self.pos
        table = self.pos[1:].T.reshape(1, -1, side, side)
        table = F.interpolate(table, (grid, grid), mode="bilinear", align_corners=False)
        return torch.cat([self.pos[:1], table.flatten(2)[0].T])

    def embed(self, pixels):
        """Tokens [B, 1+N, width] before the blocks."""
        patches = self.patch(pixels).flatten(2).transpose(1, 2)
        pos = self.positions(pixels.shape[-1] // VISION["patch"])
        patches = patches + pos[1:]
        cls = (self.cls + pos[0]).expand(pixels.shape[0], 1, -1).to(patches.dtype)
        return self.pre(torch.cat([cls, patches], 1))

    def project(self, x):
        with torch.autocast("cpu", enabled=False):
            return self.visual_projection(self.post(x.float()))

    def encode_image(self, pixels):
        x = self.embed(pixels)
        for block in self.blocks:
            x = block(x)
        return self.project(x[:, 0])

    def raw_tokens(self, pixels):
        x = self.embed(pixels)
        for block in self.blocks:
            x = block(x)
        return self.project(x)

    def surgery_tokens(self, pixels, depth):
        """CLIP Surgery's tokens [B, 1+N, embed]: the class token from the original path, patches from the new one."""
        x = self.embed(pixels)
        first = len(self.blocks) - depth
        for block in self.blocks[:first]:
            x = block(x)
        new = x
        for block in self.blocks[first:]:
            q, k, v = block.split(x)
            x = x + block.attend(q, k, v)
            new = new + block.attend(v, v, v)
            x = x + block.mlp(x)
        return self.project(torch.cat([x[:, :1], new[:, 1:]], 1))

    def encode_text(self, ids, lengths):
        n = ids.shape[1]
        x = self.token(ids) + self.text_pos[:n]
        mask = torch.full((n, n), float("-inf")).triu(1)
        for block in self.text_blocks:
            x = block(x, mask)
        with torch.autocast("cpu", enabled=False):
            return self.text_projection(self.final(x[torch.arange(len(ids)), lengths - 1].float()))


def feature_surgery(tokens, texts, weighted=True):
    """Similarity [B, 1+N, T] without redundant features, of unit tokens and unit texts (METHOD: closed form)."""
    cosine = tokens @ texts.T
    weight = torch.ones_like(cosine[:, :1])
    if weighted:
        p = torch.softmax(2 * cosine[:, :1], -1)
        weight = p / p.mean(-1, keepdim=True)
    scaled = weight * cosine
    return scaled - scaled.mean(-1, keepdim=True)
