import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { textTower, visionTower, type TextTower, type VisionTower } from '../clip/architecture';
import { Checkpoint, type TensorRef } from '../clip/checkpoint/checkpoint';
import { toFloat32 } from '../clip/checkpoint/floats';
import { headerLength, parseHeader } from '../clip/checkpoint/safetensors';
import { parseHuggingFaceConfig, parseOpenClipConfig, parsePreprocessorConfig, type ModelConfig } from '../clip/config';
import { ModelError } from '../clip/errors';
import { sideChoices } from '../clip/preprocess/size';
import { ClipTokenizer } from '../clip/tokenizer/clipTokenizer';
import type { ModelInfo } from '../protocol/engine';

/** Real CLIPs are explained at about this side, as published. */
const PUBLISHED_SIDE = 512;

/** An opened model folder: the checkpoint's header and configuration are read, its weights are not. */
export class Model {
  private tokenizerOnce?: Promise<ClipTokenizer>;
  private visionOnce?: VisionTower;
  private textOnce?: TextTower;

  private constructor(
    readonly folder: string,
    /** The real file, behind any symbolic link. */
    readonly checkpointPath: string,
    readonly sha256: string,
    readonly checkpoint: Checkpoint,
    readonly config: ModelConfig,
  ) {}

  /** @throws ModelError when the folder holds no CLIP that can be read. */
  static async open(folder: string): Promise<Model> {
    const path = await checkpointIn(folder);
    const [checkpoint, config, sha256] = await Promise.all([readCheckpoint(path), readConfig(folder), sha256Of(path)]);
    return new Model(folder, path, sha256, checkpoint, config);
  }

  get checkpointFile(): string {
    return basename(this.checkpointPath);
  }

  get checkpointFolder(): string {
    return dirname(this.checkpointPath);
  }

  get id(): string {
    return basename(this.folder);
  }

  get vision(): VisionTower {
    return (this.visionOnce ??= visionTower(this.checkpoint, this.config));
  }

  get text(): TextTower {
    return (this.textOnce ??= textTower(this.checkpoint, this.config));
  }

  get info(): ModelInfo {
    const { patch, nativeGrid } = this.vision;
    const { surgery } = this.config;
    const nativeSize = patch * nativeGrid;
    const isSmall = nativeSize < PUBLISHED_SIDE / 4;
    const published = isSmall ? nativeSize : Math.floor(PUBLISHED_SIDE / patch) * patch;
    const explainSize = surgery?.explainSize ?? published;
    return {
      id: this.id,
      name: surgery?.name ?? this.id,
      note: surgery?.note,
      licence: surgery?.licence,
      prompts: surgery?.prompts ?? [],
      patch,
      nativeSize,
      explainSize,
      sizes: sideChoices(patch, nativeSize, explainSize),
    };
  }

  tokenizer(): Promise<ClipTokenizer> {
    return (this.tokenizerOnce ??= this.readTokenizer());
  }

  /** The values of one tensor as float32. */
  async values(tensor: TensorRef): Promise<Float32Array> {
    const file = await open(this.checkpointPath);
    try {
      const bytes = new Uint8Array(tensor.length);
      await file.read(bytes, 0, tensor.length, tensor.offset);
      return toFloat32(bytes, tensor.format);
    } finally {
      await file.close();
    }
  }

  private async readTokenizer(): Promise<ClipTokenizer> {
    const json = await readText(this.folder, 'tokenizer.json');
    if (json === undefined) {
      throw new ModelError(
        `The model folder "${this.folder}" has no tokenizer.json.`,
        'Download it from where the model comes from.',
      );
    }
    return new ClipTokenizer(json, this.text.context);
  }
}

/** Names of the checkpoint file, most usual first; otherwise a single .safetensors file of any name. */
const USUAL_NAMES = ['model.safetensors', 'open_clip_model.safetensors', 'open_clip_pytorch_model.safetensors'];

async function checkpointIn(folder: string): Promise<string> {
  const files = await readdir(folder).catch(() => {
    throw new ModelError(`The model folder "${folder}" cannot be read.`);
  });
  const candidates = files.filter((file) => file.endsWith('.safetensors'));
  const name =
    USUAL_NAMES.find((usual) => candidates.includes(usual)) ?? (candidates.length === 1 ? candidates[0] : undefined);
  if (name) return realpath(join(folder, name));
  throw new ModelError(
    candidates.length > 1
      ? `The model folder "${folder}" has several .safetensors files and none is called model.safetensors.`
      : `The model folder "${folder}" has no .safetensors file.`,
  );
}

async function readCheckpoint(path: string): Promise<Checkpoint> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const start = new Uint8Array(8);
    const { bytesRead } = await file.read(start, 0, 8, 0);
    const json = new Uint8Array(headerLength(start.subarray(0, bytesRead), size));
    await file.read(json, 0, json.length, 8);
    return new Checkpoint(parseHeader(json, size));
  } finally {
    await file.close();
  }
}

async function readConfig(folder: string): Promise<ModelConfig> {
  const [huggingFace, openClip, preprocessor] = await Promise.all([
    readText(folder, 'config.json'),
    readText(folder, 'open_clip_config.json'),
    readText(folder, 'preprocessor_config.json'),
  ]);
  const config = openClip ? parseOpenClipConfig(openClip) : huggingFace ? parseHuggingFaceConfig(huggingFace) : {};
  return { ...(preprocessor ? parsePreprocessorConfig(preprocessor) : {}), ...config };
}

async function readText(folder: string, file: string): Promise<string | undefined> {
  try {
    return await readFile(join(folder, file), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new ModelError(`${file} of the model cannot be read: ${(error as Error).message}.`);
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), hash);
  return hash.digest('hex');
}

/** Opened models; one whose files changed is opened anew. */
export class Models {
  private readonly opened = new Map<string, { readonly stamp: string; readonly model: Promise<Model> }>();

  async open(folder: string): Promise<Model> {
    const stamp = await stampOf(folder);
    const known = this.opened.get(folder);
    if (known?.stamp === stamp) return known.model;
    const model = Model.open(folder);
    this.opened.set(folder, { stamp, model });
    return model;
  }
}

/** Size and time of the files that make a model. */
async function stampOf(folder: string): Promise<string> {
  const files = [await checkpointIn(folder), ...['config.json', 'tokenizer.json'].map((name) => join(folder, name))];
  const stats = await Promise.all(files.map((file) => stat(file).catch(() => undefined)));
  return stats.map((s) => `${s?.size}:${s?.mtimeMs}`).join('|');
}
