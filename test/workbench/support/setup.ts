/**
 * Makes the harness ready: its packages with VS Code's own dependencies, and a Chromium.
 * Runs again at no cost; a changed lock file starts it over.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findChromium } from './chromium';
import { harness, linuxNode, vscode } from './paths';

const stamp = path.join(harness, 'node_modules/.ready');
/** SwiftShader, the software GPU of Debian's Chromium, is reached through this library. */
const vulkan = 'libvulkan.so.1';

export function setUpHarness(): void {
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(harness, 'package-lock.json')))
    .digest('hex');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    npm(harness, 'ci');
    installVsCodeDependencies();
    writeFileSync(stamp, wanted);
  }
}

/** Makes sure that there is a Chromium for the tests. */
export function setUpChromium(): void {
  installSystemPackages();
  if (!findChromium()) {
    throw new Error('No Chromium was found: install Chromium or Chrome, or name one with CHROME_PATH.');
  }
}

function installVsCodeDependencies(): void {
  npm(vscode, 'install', '--omit=dev', '--ignore-scripts');
  try {
    npm(vscode, 'rebuild', '--ignore-scripts=false', '@vscode/spdlog', '@vscode/native-watchdog');
  } catch {
    console.warn('Without a C++ compiler VS Code runs, but writes no log files.');
  }
}

function npm(folder: string, ...args: string[]): void {
  run('npm', [...args, '--no-audit', '--no-fund'], { cwd: folder, env: npmEnvironment() });
}

/** The environment without what an outer `npm test` put there, and with the Node that VS Code is built for. */
function npmEnvironment(): NodeJS.ProcessEnv {
  const foreign =
    /^npm_config_(local_prefix|prefix|global_prefix|ignore_scripts)$|^npm_(package|lifecycle)_|^INIT_CWD$/;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
  if (!existsSync(linuxNode)) return env;
  return {
    ...env,
    PATH: path.join(linuxNode, 'bin') + path.delimiter + (process.env.PATH ?? ''),
    npm_config_nodedir: linuxNode, // its headers: nothing is downloaded to compile
  };
}

/** On a Debian machine that is ours (root), what is missing is installed; elsewhere that is the user's choice. */
function installSystemPackages(): void {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  const missing: string[] = [];
  if (!findChromium()) missing.push('chromium', 'fonts-liberation');
  if (!spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' }).stdout?.includes(vulkan)) missing.push('libvulkan1');
  if (missing.length === 0) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', '-qq'], { env });
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { env });
}

function run(command: string, args: string[], options: { cwd?: string; env: NodeJS.ProcessEnv }): void {
  console.log(`> ${command} ${args.join(' ')}`);
  const shell = process.platform === 'win32'; // npm is a script there
  const { status, error } = spawnSync(command, args, { ...options, shell, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`"${command} ${args.join(' ')}" failed: ${error?.message ?? `exit ${status}`}.`);
}

if (require.main === module) {
  try {
    setUpHarness();
    setUpChromium();
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
