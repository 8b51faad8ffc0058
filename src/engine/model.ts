import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { imageEncoder, textTower, type ImageEncoder, type TextTower } from '../clip/architecture';
import type { Checkpoint, TensorRef } from '../clip/checkpoint/checkpoint';
import type { ModelConfig } from '../clip/config';
import { ModelError } from '../clip/errors';
import type { ModelCard } from '../clip/modelCard';
import { sideChoices } from '../clip/preprocess/size';
import { ClipTokenizer } from '../clip/tokenizer/clipTokenizer';
import type { ModelInfo } from '../protocol/engine';
import { findCheckpoint, readCheckpoint } from './checkpointFiles';
import type { CheckpointHashes } from './checkpointHashes';
import { readConfig, readModelCard, readTokenizer, stampOf } from './modelFiles';
import type { Weights } from './sessions';
import { readTensor } from './tensorFile';
import { TokenEmbeddings } from './tokenEmbeddings';

/** Real CLIPs are explained at about this side, as published. */
const PUBLISHED_SIDE = 512;
/** Every CLIP is trained up to this and held there. */
const TRAINED_LOGIT_SCALE = 100;

/** An opened model folder: the checkpoint's header and configuration are read, its weights are not. */
export class Model {
  private tokenizerOnce?: Promise<ClipTokenizer>;
  private textIdentityOnce?: Promise<string>;
  private logitScaleOnce?: Promise<number>;
  readonly vision: ImageEncoder;
  readonly text: TextTower;
  readonly embeddings: TokenEmbeddings;
  /** Names all that its answers depend on: a configuration that is corrected makes another model of the same weights. */
  readonly identity: string;

  private constructor(
    readonly folder: string,
    /** The real folder of the checkpoint, behind any symbolic link. */
    readonly checkpointFolder: string,
    readonly sha256: string,
    readonly checkpoint: Checkpoint,
    readonly config: ModelConfig,
    private readonly card: ModelCard,
  ) {
    this.vision = imageEncoder(checkpoint, config);
    this.text = textTower(checkpoint, config);
    this.embeddings = new TokenEmbeddings(checkpointFolder, checkpoint, this.text);
    this.identity = JSON.stringify([sha256, this.vision, this.text, config.mean, config.std]);
    const [images, texts] = [this.vision.embed, this.text.embed];
    if (images !== texts) {
      throw new ModelError(`Images have ${images} features in this model and texts ${texts}: they cannot be compared.`);
    }
  }

  /** @throws ModelError when the folder holds no CLIP that can be read and explained. */
  static async open(folder: string, hashes: CheckpointHashes): Promise<Model> {
    const files = await findCheckpoint(folder);
    const checkpoint = await readCheckpoint(files);
    const card = await readModelCard(folder);
    const own = await readConfig(folder, checkpoint.scheme);
    // Repositories are known that leave quick_gelu out: maps made with the other one are wrong and look plausible.
    const config = { ...own, activation: card.activation ?? own.activation };
    return new Model(folder, files.folder, await hashes.of(files), checkpoint, config, card);
  }

  /** Of graphs that read the checkpoint as it is. */
  get weights(): Weights {
    return { checkpoint: this.checkpoint, folder: this.checkpointFolder };
  }

  get id(): string {
    return this.card.id ?? basename(this.folder);
  }

  get info(): ModelInfo {
    const { patch, nativeGrid } = this.vision;
    const { surgery } = this.config;
    const { card } = this;
    const nativeSize = patch * nativeGrid;
    const isSmall = nativeSize < PUBLISHED_SIDE / 4;
    const published = isSmall ? nativeSize : Math.floor(PUBLISHED_SIDE / patch) * patch;
    const explainSize = surgery?.explainSize ?? published;
    return {
      id: this.id,
      identity: createHash('sha256').update(this.identity).digest('hex'),
      name: card.name ?? surgery?.name ?? this.id,
      note: surgery?.note,
      licence: card.licence ?? surgery?.licence,
      citation: card.citation,
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
    return (this.logitScaleOnce ??= this.readLogitScale());
  }

  private async readLogitScale(): Promise<number> {
    if (!this.checkpoint.has('logitScale')) return TRAINED_LOGIT_SCALE;
    const [logarithm = NaN] = await this.values(this.checkpoint.tensor('logitScale'));
    const scale = Math.exp(logarithm);
    if (Number.isFinite(scale)) return scale;
    throw new ModelError('The logit scale of the checkpoint is not a number: it is damaged.', 'Download it again.');
  }

  /** The values of one tensor as float32. */
  values(tensor: TensorRef): Promise<Float32Array> {
    return readTensor(this.checkpointFolder, tensor);
  }
}

/** Opened models; one whose files changed is opened anew. */
export class Models {
  private readonly opened = new Map<string, { readonly stamp: string; readonly model: Promise<Model> }>();

  constructor(private readonly hashes: CheckpointHashes) {}

  async open(folder: string): Promise<Model> {
    const stamp = await stampOf(folder);
    const known = this.opened.get(folder);
    if (known?.stamp === stamp) return known.model;
    const model = Model.open(folder, this.hashes);
    this.opened.set(folder, { stamp, model });
    return model;
  }
}
