import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { inTurn } from './measure';
import type { Bench } from './setup';

const GOAL_MS = 50;

/** What the extension adds to the start of a window that needs it: load and activate, each time in a new process. */
export async function benchActivation({ rounds, report }: Bench): Promise<void> {
  const script = join(__dirname, 'activate.mjs');
  const run = () => Promise.resolve(Number(execFileSync(process.execPath, [script], { encoding: 'utf8' })));
  const figures = await inTurn(rounds, [{ name: 'load and activate', goal: { atMost: GOAL_MS }, run }]);
  report.add({ title: 'The extension, without the editor', figures });
}
