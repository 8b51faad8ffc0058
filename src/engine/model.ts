import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { textTower, visionTower, type TextTower, type VisionTower } from '../clip/architecture';
import type { Checkpoint, TensorRef } from '../clip/checkpoint/checkpoint';
import { toFloat32 } from '../clip/checkpoint/floats';
import type { ModelConfig } from '../clip/config';
import { sideChoices } from '../clip/preprocess/size';
import { ClipTokenizer } from '../clip/tokenizer/clipTokenizer';
import type { ModelInfo } from '../protocol/engine';
import { checkpointIn, readCheckpoint, readConfig, readTokenizer, sha256Of, stampOf } from './modelFiles';

/** Real CLIPs are explained at about this side, as published. */
const PUBLISHED_SIDE = 512;

/** An opened model folder: the checkpoint's header and configuration are read, its weights are not. */
export class Model {
  private tokenizerOnce?: Promise<ClipTokenizer>;
  private textIdentityOnce?: Promise<string>;
  private logitScaleOnce?: Promise<number>;
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
    return (this.tokenizerOnce ??= readTokenizer(this.folder).then(
      (json) => new ClipTokenizer(json, this.text.context),
    ));
  }

  /** Hash of all that turns a prompt into features: weights, sizes of the encoder, tokenizer. */
  textIdentity(): Promise<string> {
    return (this.textIdentityOnce ??= readTokenizer(this.folder).then((json) =>
      createHash('sha256')
        .update(JSON.stringify([this.sha256, this.text, json]))
        .digest('hex'),
    ));
  }

  /** The factor that CLIP was trained to multiply cosines with; stored as its logarithm. */
  logitScale(): Promise<number> {
    return (this.logitScaleOnce ??= this.checkpoint.has('logitScale')
      ? this.values(this.checkpoint.tensor('logitScale')).then(([value]) => Math.exp(value!))
      : Promise.resolve(100));
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
