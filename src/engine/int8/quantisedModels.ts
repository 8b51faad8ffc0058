import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { VisionTower } from '../../clip/architecture';
import { QUANTISER_VERSION, quantisedTensors } from '../../clip/quantise/quantisedTensors';
import { findCheckpoint, readCheckpoint } from '../checkpointFiles';
import type { CheckpointHashes } from '../checkpointHashes';
import { EngineError } from '../failure';
import type { Job } from '../job';
import type { Model } from '../model';
import type { QuantisedWeights, Weights } from '../sessions';
import { trimFolder } from '../trimFolder';
import { imagePeaks, textPeaks } from './calibration';
import { writeQuantised } from './quantisedFile';

const WEIGHTS = 'model.safetensors';
const HASH = 'sha256';
/** Enough for all models that somebody goes back and forth between; a ViT-L/14 takes 0.4 GB. */
const MOST_BYTES = 2 * 2 ** 30;
const DAY_MS = 86_400_000;

export interface QuantisedModelsOptions {
  /** Where the weights are kept, for other windows and days as well. */
  readonly folder: string;
  /** Paths of the pictures that show which channels are large. */
  readonly examples: readonly string[];
  readonly hashes: CheckpointHashes;
  /** What all of them may take; the longest unused go first. Left out: 2 GiB. */
  readonly mostBytes?: number;
}

/** Int8 weights of models: made once from the checkpoint and kept in files whose hash is checked before they are used. */
export class QuantisedModels implements QuantisedWeights {
  private readonly opened = new Map<string, Promise<Weights>>();

  /** Starts to remove the longest unused weights in the background where there are too many. */
  constructor(private readonly options: QuantisedModelsOptions) {
    // Where that fails there is more on the disk than there should be, and nothing else is wrong.
    void trimFolder(options.folder, options.mostBytes ?? MOST_BYTES).catch(() => undefined);
  }

  of(model: Model, job: Job): Promise<Weights> {
    const known = this.opened.get(model.identity);
    if (known) return known;
    const opening = this.open(model, job);
    this.opened.set(model.identity, opening);
    opening.catch(() => this.opened.delete(model.identity));
    return opening;
  }

  private async open(model: Model, job: Job): Promise<Weights> {
    if (!hasTransformer(model)) {
      const message = 'int8 is for vision transformers, and the image encoder of this model is a ResNet.';
      throw new EngineError('bad-request', message, 'Use fp32, or leave the precision to the extension.');
    }
    const folder = this.folderOf(model);
    if (await this.isWhole(folder)) await touch(join(folder, WEIGHTS));
    else await this.make(model, folder, job);
    const files = await findCheckpoint(folder);
    return { checkpoint: await readCheckpoint(files), folder: files.folder };
  }

  private async isWhole(folder: string): Promise<boolean> {
    try {
      const noted = await readFile(join(folder, HASH), 'utf8');
      return (await this.options.hashes.of(await findCheckpoint(folder))) === noted;
    } catch {
      return false;
    }
  }

  private async make(model: Model & { readonly vision: VisionTower }, folder: string, job: Job): Promise<void> {
    job.stage({ name: 'quantising-model' });
    const towers = [
      { tower: model.vision, peaks: await imagePeaks(model, this.options.examples, job) },
      { tower: model.text, peaks: await textPeaks(model, job) },
    ];
    const read = (tensor: Parameters<Model['values']>[0]) => model.values(tensor);
    const tensors = quantisedTensors({ checkpoint: model.checkpoint, towers, read });
    // A name of its own, then renamed: another window sees all of a file or nothing.
    const draft = join(folder, `${randomUUID()}.draft`);
    try {
      await mkdir(folder, { recursive: true });
      const sha256 = await writeQuantised(draft, tensors, job);
      await rename(draft, join(folder, WEIGHTS));
      await writeFile(join(folder, HASH), sha256);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => undefined);
      throw isOfDisk(error) ? diskError(error) : error;
    }
  }

  private folderOf(model: Model): string {
    const name = createHash('sha256').update(`${QUANTISER_VERSION}|${model.identity}`).digest('hex');
    return join(this.options.folder, name.slice(0, 32));
  }
}

/** The time of a file says when it was last of use, to the day: its hash is remembered by its time, too. */
async function touch(path: string): Promise<void> {
  if (Date.now() - (await stat(path)).mtimeMs < DAY_MS) return;
  await utimes(path, new Date(), new Date()).catch(() => undefined);
}

function hasTransformer(model: Model): model is Model & { readonly vision: VisionTower } {
  return model.vision.kind === 'vision';
}

function isOfDisk(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

function diskError({ message }: Error): EngineError {
  const what = `The int8 weights of the model cannot be written: ${message}.`;
  return new EngineError('bad-request', what, 'Make room on the disk, or use fp32.');
}
