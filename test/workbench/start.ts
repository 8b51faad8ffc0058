/**
 * `npm start`: packages the extension, installs it into a real VS Code and opens a copy of the examples there, in the
 * browser. A copy, because an editor that saves by itself would put what is tried out into the repository.
 * `npm start -- --desktop` uses the desktop VS Code of this machine instead.
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { examples, repository } from './support/paths';
import { serverNode, startServer } from './support/server';
import { setUpHarness } from './support/setup';

const windows = process.platform === 'win32';
const scratch = path.join(repository, '.vscode-test');

async function inBrowser(): Promise<void> {
  serverNode(); // fails before minutes of work where VS Code cannot run
  setUpHarness();
  const profile = path.join(scratch, 'profile'); // kept: settings and windows are as they were left
  const server = await startServer({ profile, vsix: packageExtension() });
  const address = server.address(copyExamples());
  console.log(`\nCLIP Surgery in VS Code: ${address}\nCtrl+C ends it.`);
  openBrowser(address);
  await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
  await server.stop();
}

function onDesktop(): void {
  if (spawnSync('code', ['--version'], { shell: windows }).status !== 0) {
    throw new Error('There is no "code" command: in VS Code, run "Shell Command: Install \'code\' command in PATH".');
  }
  run('code', '--install-extension', packageExtension(), '--force');
  run('code', copyExamples());
}

/** The examples as they are in the repository; files that were added to the copy stay. */
function copyExamples(): string {
  const copy = path.join(scratch, 'examples');
  cpSync(examples, copy, { recursive: true });
  return copy;
}

/** Builds the extension and packages it for this machine. */
function packageExtension(): string {
  run('npm', 'run', 'package');
  return path.join(repository, 'dist', `clip-surgery-${process.platform}-${process.arch}.vsix`);
}

function run(command: string, ...args: string[]): void {
  const { status } = spawnSync(command, args, { cwd: repository, stdio: 'inherit', shell: windows });
  if (status !== 0) throw new Error(`"${command} ${args.join(' ')}" failed.`);
}

/** Opens a browser where there is a screen; elsewhere the printed address is enough. */
function openBrowser(address: string): void {
  const screen = process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY;
  const opener: Partial<Record<NodeJS.Platform, string[]>> = {
    darwin: ['open', address],
    win32: ['explorer', address],
    ...(screen ? { linux: ['xdg-open', address] } : {}),
  };
  const [command, ...args] = opener[process.platform] ?? [];
  if (command)
    spawn(command, args, { stdio: 'ignore', detached: true })
      .once('error', () => undefined)
      .unref();
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { desktop: { type: 'boolean' } } });
  if (values.desktop) onDesktop();
  else await inBrowser();
}

main().catch((error: unknown) => {
  console.error((error as Error).message);
  process.exitCode = 1;
});
