/**
 * Runs the tests of this folder inside the extension host of a real VS Code and prints what mocha found there.
 * Expects the bundles of build.mjs. TEST_COUNTS may name a file for the numbers, HOST_GREP the tests to run.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { injectDevelopment } from '../workbench/support/developmentOptions';
import { examples, repository } from '../workbench/support/paths';
import type { Page } from '../workbench/support/playwright';
import { referenceDevice, startServer, type Server } from '../workbench/support/server';
import { launchChromium } from '../workbench/support/workbench';

interface Result {
  readonly fullTitle: string;
  readonly duration?: number;
  readonly err: { readonly message?: string; readonly stack?: string };
}
/** What mocha's JSON reporter writes. */
interface Results {
  readonly stats: { readonly passes: number; readonly failures: number; readonly pending: number };
  readonly passes: readonly Result[];
  readonly failures: readonly Result[];
  readonly pending: readonly Result[];
}

const bundles = path.join(repository, 'dist-test/host');
const deadline = 5 * 60_000;

async function main(): Promise<void> {
  const resultsFile = path.join(bundles, 'results.json');
  rmSync(resultsFile, { force: true });
  const env = { HOST_RESULTS: resultsFile, HOST_GREP: process.env.HOST_GREP ?? '' };
  const server = await startServer({ env, settings: referenceDevice });
  const lines: string[] = [];
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const exit = await runInHost(await context.newPage(), server, lines);
    if (!existsSync(resultsFile)) throw new Error(`The tests did not run (exit ${exit}).\n${lines.join('\n')}`);
  } finally {
    await browser.close();
    await server.stop();
  }
  report(JSON.parse(readFileSync(resultsFile, 'utf8')) as Results);
}

/** Opens a window whose extension host runs the tests; answers the code it ends with. */
async function runInHost(page: Page, server: Server, lines: string[]): Promise<number | 'timeout'> {
  await injectDevelopment(page, server.port, { extensions: [repository], tests: path.join(bundles, 'index.js') });
  await page.exposeFunction('codeAutomationLog', (type: string, values: unknown[]) =>
    lines.push(`${type}: ${values.join(' ')}`),
  );
  const ended = new Promise<number>((resolve) => void page.exposeFunction('codeAutomationExit', resolve));
  await page.goto(server.address(examples));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'timeout'>((resolve) => (timer = setTimeout(resolve, deadline, 'timeout')));
  return Promise.race([ended, late]).finally(() => clearTimeout(timer));
}

function report({ stats, passes, failures, pending }: Results): void {
  for (const { fullTitle, duration } of passes) console.log(`  ✔ ${fullTitle} (${duration ?? 0} ms)`);
  for (const { fullTitle } of pending) console.log(`  - ${fullTitle}`);
  for (const { fullTitle, err } of failures) console.log(`  ✖ ${fullTitle}\n${err.stack ?? err.message ?? ''}`);
  const counts = { passed: stats.passes, failed: stats.failures, skipped: stats.pending };
  if (process.env.TEST_COUNTS) writeFileSync(process.env.TEST_COUNTS, JSON.stringify(counts));
  if (stats.failures > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
