import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { downloadModel, type ModelDownload } from '../../../src/models/hub/downloadModel';
import { Hub, type HubOptions } from '../../../src/models/hub/hub';
import type { WantedModel } from '../../../src/models/hub/planModel';
import type { PinnedFile } from '../../../src/models/record';
import { ModelStore } from '../../../src/models/store';
import { COMMIT, FakeHub, sha256 } from './fakeHub';

export const REPOSITORY = 'org/Tiny-CLIP';
export const WEIGHTS = 'open_clip_model.safetensors';
export const FILES = ['open_clip_config.json', 'tokenizer.json', WEIGHTS];
/** Retries that cost no time. */
export const QUICKLY = { delaysMs: [0, 0, 0], longestMs: 100 };

/** A hub with one small model, an empty store, and a download between them. */
export class Setting {
  readonly root = mkdtempSync(join(tmpdir(), 'clip-models-'));
  readonly store = new ModelStore(this.root);
  readonly weights = randomBytes(300_000);
  readonly wanted: WantedModel = {
    id: 'tiny',
    name: 'Tiny CLIP',
    repository: REPOSITORY,
    licence: 'MIT',
    files: FILES.map((name) => ({ name })),
  };
  /** The large file, as it is pinned. */
  readonly pinned: PinnedFile = {
    name: WEIGHTS,
    repository: REPOSITORY,
    revision: COMMIT,
    path: WEIGHTS,
    size: this.weights.length,
    sha256: sha256(this.weights),
    etag: sha256(this.weights),
  };
  /** Where the model is downloaded to. */
  readonly folder = this.store.folderOf('tiny');

  private constructor(readonly hub: FakeHub) {
    hub.add(REPOSITORY, 'open_clip_config.json', '{"model_cfg":{}}');
    hub.add(REPOSITORY, 'tokenizer.json', '{"model":{"type":"BPE"}}');
    hub.add(REPOSITORY, WEIGHTS, this.weights);
  }

  static async create(): Promise<Setting> {
    return new Setting(await FakeHub.start());
  }

  /** Cuts bodies after so many bytes each, the last ones whole; what was sent before a cut arrives. */
  cut(...lengths: readonly (number | undefined)[]): void {
    const left = [...lengths];
    this.hub.faults.cutAfter = () => left.shift();
    this.hub.faults.beforeCut = (sent) => this.arrived(this.from() + sent);
  }

  /** Waits until so many bytes of the weights are on the disk. */
  async arrived(bytes: number): Promise<void> {
    while (statSync(`${this.folder}/${WEIGHTS}.part`).size < bytes) await sleep(1);
  }

  /** Where the body that was asked for last begins. */
  private from(): number {
    return Number(/\d+/.exec(this.hub.bodies(WEIGHTS).at(-1)?.range ?? '')?.[0] ?? 0);
  }

  async remove(): Promise<void> {
    await this.hub.stop();
    rmSync(this.root, { recursive: true });
  }

  client(options: HubOptions = {}): Hub {
    return new Hub({ endpoint: this.hub.endpoint, ...options });
  }

  download(options: Partial<ModelDownload> = {}, wanted = this.wanted) {
    return downloadModel(wanted, this.store.folderOf(wanted.id), {
      hub: this.client(),
      hashes: this.store.hashes,
      tokenizer: { repository: 'org/CLIP', path: 'tokenizer.json' },
      retries: QUICKLY,
      ...options,
    });
  }
}
