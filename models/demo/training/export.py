"""Writes the trained weights as a Hugging Face `CLIPModel` folder: F16 safetensors and the configs.

    python3 export.py --work work
"""
import argparse
import json
from pathlib import Path

import torch

from bpe import OUT, Tokenizer
from model import EMBED, TEXT, VISION
from concepts import CONCEPTS, NAMES, PLACES, PROMPTS

DEMO = Path(__file__).parent.parent
EXPLAIN_SIZE = VISION["side"] * 3 // 2  # above the native size the maps are better
SURGERY_BLOCKS = 7
# What few prompts are compared with: some of every kind, so that a first map waits for few sentences.
REFERENCE_WORDS = [*NAMES[::10], *PLACES]


def tower(kind, state, prefix, layers):
    """Tensors of the blocks under their Hugging Face names."""
    out = {}
    for i in range(layers):
        block, name = f"{prefix}.{i}", f"{kind}_model.encoder.layers.{i}"
        for part in ("weight", "bias"):
            for which, rows in zip("qkv", state[f"{block}.qkv.{part}"].chunk(3)):
                out[f"{name}.self_attn.{which}_proj.{part}"] = rows
            out[f"{name}.self_attn.out_proj.{part}"] = state[f"{block}.out_proj.{part}"]
            for layer in ("layer_norm1", "layer_norm2"):
                out[f"{name}.{layer}.{part}"] = state[f"{block}.{layer}.{part}"]
            for layer in ("fc1", "fc2"):
                out[f"{name}.mlp.{layer}.{part}"] = state[f"{block}.{layer}.{part}"]
    return out


def hugging_face(state):
    tensors = {
        "logit_scale": state["logit_scale"],
        "visual_projection.weight": state["visual_projection.weight"],
        "text_projection.weight": state["text_projection.weight"],
        "vision_model.embeddings.class_embedding": state["cls"],
        "vision_model.embeddings.patch_embedding.weight": state["patch.weight"],
        "vision_model.embeddings.position_embedding.weight": state["pos"],
        "text_model.embeddings.token_embedding.weight": state["token.weight"],
        "text_model.embeddings.position_embedding.weight": state["text_pos"],
    }
    norms = {"vision_model.pre_layrnorm": "pre", "vision_model.post_layernorm": "post", "text_model.final_layer_norm": "final"}
    for name, ours in norms.items():
        tensors |= {f"{name}.{part}": state[f"{ours}.{part}"] for part in ("weight", "bias")}
    tensors |= tower("vision", state, "blocks", VISION["layers"])
    tensors |= tower("text", state, "text_blocks", TEXT["layers"])
    return tensors


def save_safetensors(path, tensors):
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, tensor in sorted(tensors.items()):
        raw = tensor.detach().half().contiguous().numpy().tobytes()
        header[name] = {"dtype": "F16", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)


def write_json(name, value):
    (DEMO / name).write_text(json.dumps(value, indent=2) + "\n")


def configs(tokenizer):
    common = {"hidden_act": "quick_gelu", "layer_norm_eps": 1e-5, "projection_dim": EMBED, "attention_dropout": 0.0}
    write_json("config.json", {
        "architectures": ["CLIPModel"],
        "model_type": "clip",
        "projection_dim": EMBED,
        "torch_dtype": "float16",
        "vision_config": {
            "model_type": "clip_vision_model", "hidden_size": VISION["width"], "intermediate_size": 4 * VISION["width"],
            "num_hidden_layers": VISION["layers"], "num_attention_heads": VISION["heads"],
            "image_size": VISION["side"], "patch_size": VISION["patch"], "num_channels": 3, **common},
        "text_config": {
            "model_type": "clip_text_model", "hidden_size": TEXT["width"], "intermediate_size": 4 * TEXT["width"],
            "num_hidden_layers": TEXT["layers"], "num_attention_heads": TEXT["heads"],
            "max_position_embeddings": TEXT["context"], "vocab_size": len(tokenizer.vocab),
            "bos_token_id": tokenizer.bos, "eos_token_id": tokenizer.eos, "pad_token_id": tokenizer.eos, **common},
        "clip_surgery": {
            "name": "Demo",
            "note": f"Demo model: knows drawings of {len(CONCEPTS)} everyday things, and coloured shapes.",
            "licence": "MIT",
            "explain_size": EXPLAIN_SIZE,
            "surgery_blocks": SURGERY_BLOCKS,
            "prompts": PROMPTS,
            "reference_words": REFERENCE_WORDS},
    })
    write_json("preprocessor_config.json", {
        "image_processor_type": "CLIPImageProcessor", "do_convert_rgb": True, "do_normalize": True, "do_rescale": True,
        "do_resize": True, "resample": 3, "rescale_factor": 1 / 255, "size": {"height": VISION["side"], "width": VISION["side"]},
        "image_mean": [0.48145466, 0.4578275, 0.40821073], "image_std": [0.26862954, 0.26130258, 0.27577711],
    })


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, default=Path("work"))
    state = torch.load(parser.parse_args().work / "state.pt", map_location="cpu")["averaged"]
    tokenizer = Tokenizer(OUT)
    save_safetensors(DEMO / "model.safetensors", hugging_face(state))
    configs(tokenizer)
    print((DEMO / "model.safetensors").stat().st_size / 1e6, "MB")


if __name__ == "__main__":
    main()
