import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { linuxNode, vscode } from './paths';

export type Settings = Readonly<Record<string, unknown>>;

/** Quiet, and without network: nothing here asks a gallery, an experiment service or a chat provider. */
const quiet: Settings = {
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'update.mode': 'none',
  'git.openRepositoryInParentFolders': 'never',
};

/** Nothing is tested in the background, and every machine computes the same. */
export const referenceDevice: Settings = { 'clipSurgery.executionProvider': 'cpu', 'clipSurgery.precision': 'fp32' };

export interface ServerOptions {
  /** Where settings, window state and extensions live; without it a folder that goes away with the server. */
  readonly profile?: string;
  readonly settings?: Settings;
  /** Seen by the extension host and all it starts. */
  readonly env?: NodeJS.ProcessEnv;
  /** A packaged extension to install before the start. */
  readonly vsix?: string;
}

/** A running VS Code server; a browser shows its workbench. */
export interface Server {
  readonly port: number;
  /** A folder for the caller's own files, gone after `stop` unless a profile was given. */
  readonly folder: string;
  /** The address of a window on this folder; it carries the secret that lets the browser in. */
  address(folder: string): string;
  stop(): Promise<void>;
}

/** Starts VS Code on a free port of this machine. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const folder = options.profile ?? mkdtempSync(path.join(os.tmpdir(), 'clip-surgery-'));
  const data = path.join(folder, 'data');
  writeSettings(path.join(data, 'User/settings.json'), { ...quiet, ...options.settings });

  const node = serverNode();
  const places = ['--server-data-dir', data, '--user-data-dir', data, '--extensions-dir', path.join(folder, 'ext')];
  const main = [path.join(vscode, 'out/server-main.js'), '--accept-server-license-terms', ...places];
  if (options.vsix) install(node, [...main, '--install-extension', options.vsix, '--force']);

  const secret = randomUUID();
  const flags = ['--host', '127.0.0.1', '--port', '0', '--connection-token', secret, '--disable-workspace-trust'];
  const child = spawn(node, [...main, ...flags, '--disable-telemetry'], {
    detached: true, // a process group of its own: extension hosts and file watchers end with it
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  // However this process ends, the server does not outlive it.
  const kill = () => signal(child, 'SIGKILL');
  const terminate = () => process.exit(143);
  process.once('exit', kill).once('SIGTERM', terminate);
  const stop = async () => {
    process.off('exit', kill).off('SIGTERM', terminate);
    await endGroup(child);
    if (!options.profile) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const port = await listening(child, () => log);
    const address = (shown: string) =>
      `http://127.0.0.1:${port}/?tkn=${secret}&folder=${encodeURIComponent(shown).replaceAll('%2F', '/')}`;
    return { port, folder, address, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** In a profile that is kept, settings are the user's. */
function writeSettings(file: string, settings: Settings): void {
  if (existsSync(file)) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(settings, undefined, 2));
}

/** VS Code's server wants Node 24; the harness brings one for Linux. */
export function serverNode(): string {
  if (process.platform === 'linux' && process.arch === 'x64') return path.join(linuxNode, 'bin/node');
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Error('On this machine VS Code in the browser needs Node 24 or newer; "npm start -- --desktop" does not.');
}

function install(node: string, args: string[]): void {
  const { status, stdout, stderr } = spawnSync(node, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The extension could not be installed:\n${stdout}${stderr}`);
}

function listening(child: ChildProcess, log: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`VS Code's server ${why}:\n${log()}`));
    const timer = setTimeout(() => fail('did not start within 60 seconds'), 60_000);
    child.stdout!.on('data', () => {
      const port = /Extension host agent listening on (\d+)/.exec(log())?.[1];
      if (!port) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`ended with ${code}`);
    });
  });
}

async function endGroup(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode === null && signal(child, 'SIGTERM')) {
    await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 5000).unref())]);
  }
  signal(child, 'SIGKILL'); // what outlives the server: forked hosts that did not hear the first signal
}

function signal(child: ChildProcess, name: NodeJS.Signals): boolean {
  try {
    // A negative id means the group; Windows has none.
    process.kill(process.platform === 'win32' ? child.pid! : -child.pid!, name);
    return true;
  } catch {
    return false;
  }
}
