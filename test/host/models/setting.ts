import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { HubAccess } from '../../../src/host/models/hubAccess';
import type { ModelServices } from '../../../src/host/models/services';
import { FakeHub } from '../../models/support/fakeHub';
import { activate, startEngineHost } from '../notebook/notebooks';
import { User } from './user';

/** A copy of the embedded model, and one that has no words, name or licence of its own. */
export const TINY = 'org/tiny';
export const PLAIN = 'org/plain';
export const TINY_ID = 'org--tiny';
export const PLAIN_ID = 'org--plain';
const VARIABLES = ['HF_ENDPOINT', 'HF_TOKEN', 'HF_HUB_OFFLINE', 'HF_HUB_CACHE'] as const;

/** A hub on this machine, an engine, and a folder for models that the settings lead to. */
export class ModelSetting {
  readonly root = mkdtempSync(path.join(os.tmpdir(), 'clip-surgery-models-'));
  readonly engine = startEngineHost();
  readonly secrets = new Map<string, string>();
  readonly services: ModelServices;
  private readonly environment = Object.fromEntries(VARIABLES.map((name) => [name, process.env[name]]));
  user = new User();

  private constructor(readonly hub: FakeHub) {
    for (const name of ['config.json', 'tokenizer.json', 'model.safetensors']) {
      hub.add(TINY, name, demo(name));
      hub.add(PLAIN, name, name === 'config.json' ? plainConfig() : demo(name));
    }
    process.env['HF_ENDPOINT'] = hub.endpoint;
    process.env['HF_HUB_CACHE'] = path.join(this.root, 'no-cache');
    for (const name of ['HF_TOKEN', 'HF_HUB_OFFLINE']) delete process.env[name];
    const { secrets } = this;
    const access = new HubAccess({
      get: (key) => Promise.resolve(secrets.get(key)),
      store: (key, value) => Promise.resolve(void secrets.set(key, value)),
      delete: (key) => Promise.resolve(void secrets.delete(key)),
    });
    this.services = { models: this.engine.models, access };
  }

  static async create(): Promise<ModelSetting> {
    await activate();
    const setting = new ModelSetting(await FakeHub.start());
    await write('models.folder', setting.root);
    return setting;
  }

  /** Begins again with nobody asked, nothing wrong, and the embedded model. */
  async reset(): Promise<void> {
    this.user.leave();
    this.hub.faults = { statuses: [] };
    this.hub.seen.length = 0;
    this.secrets.clear();
    await write('model', undefined);
    this.user = new User();
  }

  async remove(): Promise<void> {
    this.user.leave();
    await write('model', undefined);
    await write('models.folder', undefined);
    for (const [name, value] of Object.entries(this.environment)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    this.engine.dispose();
    this.engine.log.dispose();
    await this.hub.stop();
    rmSync(this.root, { recursive: true });
  }

  file(id: string, name: string): string {
    return path.join(this.root, id, name);
  }

  /** Waits until so many bytes of a file that is coming are on the disk. */
  async arrived(id: string, name: string, bytes: number): Promise<void> {
    const part = `${this.file(id, name)}.part`;
    while (!existsSync(part) || statSync(part).size < bytes) await sleep(5);
  }
}

export async function write(setting: string, value: string | undefined): Promise<void> {
  await vscode.workspace.getConfiguration('clipSurgery').update(setting, value, vscode.ConfigurationTarget.Global);
}

const extensionPath = () => vscode.extensions.getExtension('clip-surgery.clip-surgery')!.extensionPath;

function demo(name: string): Buffer {
  return readFileSync(path.join(extensionPath(), 'models/demo', name));
}

function plainConfig(): string {
  const config = JSON.parse(demo('config.json').toString()) as Record<string, unknown>;
  delete config['clip_surgery'];
  return JSON.stringify(config);
}
