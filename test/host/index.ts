/**
 * Runs inside the extension host: all tests of this folder, or those whose title HOST_GREP matches, with the results in
 * the file that HOST_RESULTS names.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

export async function run(): Promise<void> {
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 60_000,
    grep: process.env.HOST_GREP,
    reporter: 'json',
    reporterOptions: { output: process.env.HOST_RESULTS },
  });
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => name.endsWith('.test.js'))) mocha.addFile(path.join(__dirname, file));
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed in the extension host.`);
}
